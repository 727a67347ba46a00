"""What stands around a report that somebody asked for in a chat."""

CAPTION = "Untuk dipakai di dalam tim. Baca sekali lagi sebelum dibagikan ke luar."
SENT = "Laporannya sudah saya kirim ke obrolan pribadi Anda."
NOT_SENT = "Laporan belum terkirim. Buka obrolan pribadi dengan bot ini, lalu tulis /laporan lagi."
HOW = """Yang bisa diminta:
• /laporan: insiden terakhir
• /laporan K-3: satu insiden
• /laporan 30 hari, atau /laporan 2026-11: satu masa
• /laporan saya: bukti kinerja Anda"""
NO_PDF = "PDF belum terpasang di sini. Tulis html di belakangnya, misalnya: /laporan K-3 html"
NO_PDF_HERE = "PDF memerlukan pustaka tambahan. Pasang dari folder Tanggap: .venv/bin/pip install -e '.[pdf]'"
