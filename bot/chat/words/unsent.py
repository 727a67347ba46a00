"""About public messages whose fate is unknown."""

UNCERTAIN = "Belum pasti terkirim"
FAILED = "Gagal terkirim"
MANUAL = "Perlu dikirim dengan tangan"
REPLY = "Balasan"
RECEIPT = "Tanda terima"
LOOK = (
    "Jawaban dari Telegram terputus. Lihat di bawah komentarnya: bila sudah ada, tekan ☑️ Sudah terkirim; "
    "bila belum, tekan 🔁 Kirim ulang."
)
LOOK_OLD = (
    "Draf ini sudah tidak berlaku dan tidak dikirim ulang. Lihat di bawah komentarnya: bila ternyata ada, "
    "tekan ☑️ Sudah terkirim; bila tidak ada, tekan 🚫 Tidak terkirim."
)
FAILED_ASK = (
    "Telegram menolak mengirimnya. Coba 🔁 Kirim ulang, atau kirim sendiri lalu tekan ☑️ Sudah terkirim."
)
ASK_PENDAMPING = "Mohon pendamping melihatnya di tempat aslinya, lalu menekan tombol yang sesuai."
COPY_PENDAMPING = (
    "Teksnya ada di obrolan pribadi pendamping yang menulisnya. Ia menyalin, mengirim sendiri, lalu menekan "
    "☑️ Sudah terkirim di sini."
)
COPY = "Salin teks di atas, kirim di tempat aslinya, lalu tekan ☑️ Sudah terkirim."


def arrived(name: str) -> str:
    return "sudah terkirim." if name == "bot" else f"dipastikan sudah terkirim oleh {name}."


def again(name: str) -> str:
    return "dikirim ulang." if name == "bot" else f"dikirim ulang oleh {name}."


def dropped(name: str) -> str:
    return "tidak jadi dikirim." if name == "bot" else f"dibatalkan oleh {name}."
