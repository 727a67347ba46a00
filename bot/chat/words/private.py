"""Sentences on the cards of the named people who answer somebody at risk."""

from bot.chat.words.names import listed

SENT = "Terkirim"
NOT_SENT_YET = "Belum dikirim"
WRITING = "Draf balasan untuk warga"
WAITING = "Menunggu pendamping kedua"
TO_READ = "Mohon dibaca sebelum terkirim"
AGAIN = "Tulis lagi"
MORE = "Balas lagi"
PREPARED = "Pilih kalimat yang sudah disiapkan, atau tulis sendiri:"
OWN_WORDS = "Tulis dengan kata-kata sendiri."
WILL_BE_SENT = "Yang akan dikirim kepadanya"
NOT_SENT = "Teks draf ini (belum dikirim)"
IN_PUBLIC = (
    "Balasan ini tampil di kolom komentar dan dibaca siapa saja. "
    "Cukup singkat, tanpa menyebut keadaannya, dan ajak ke pesan pribadi."
)
READ_WITH_CARE = "Bacalah seolah Anda penulisnya: hangat, tidak menghakimi, tanpa janji yang belum pasti."
UNSURE = "⚠️ Belum pasti sampai. Lihat di tempat aslinya, lalu jawab pertanyaan bot di grup tim."
BY_HAND = "✍️ Bot tidak bisa mengirim ke tempat asalnya. Penulis draf menyalin dan mengirimnya sendiri."
STEP_WRITE = "pilih kalimat yang disiapkan, atau ✏️ Tulis."
STEP_SUBMIT = "baca sekali lagi, lalu 📤 Ajukan kepada pendamping kedua."
STEP_WAIT = "pendamping kedua membaca dulu. Bila lama, telepon orangnya."
NEW_WORDS = "Ada tulisan baru dari warga, jadi draf ini tidak dikirim."
UNSURE_HEAD = "Belum pasti sampai"
NEW_WORDS_UNSURE = (
    "⚠️ Ada tulisan baru dari warga, dan belum pasti balasan ini sampai. "
    "Lihat di tempat aslinya, lalu jawab pertanyaan bot di grup tim."
)
STEP_LOOK_FIRST = (
    "pastikan dulu, baca tulisan barunya, lalu 💬 Tulis lagi. Jangan mengulang yang sudah sampai."
)
STEP_READ_FIRST = "baca tulisan barunya, lalu 💬 Tulis lagi; teks ini terbawa."
STEP_AGAIN = "perbaiki lewat 💬 Tulis lagi; teks ini terbawa."
NOT_FOR_YOU = "Draf ini hanya untuk pendamping yang ditunjuk."


def valid_until(when: str) -> str:
    return f"Berlaku sampai {when}. Bila lewat, draf ini tidak dikirim."


def asked(names: list[str], until: str) -> str:
    """ "Menunggu Laras, sampai 21.30 WIB."."""
    who = listed(names) if names else "pendamping kedua"
    return f"Menunggu {who}, sampai {until}." if until else f"Menunggu {who}."
