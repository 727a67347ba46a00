"""Whether a comment tells a rumour on, or says that it is none.

A rule about turns of phrase, applied only to comments that belong to a claim already: it decides what is
counted apart, nothing else, and a person can say otherwise on the claim's card. `tests/domain/stance.tsv`
says how often it is right.
"""

import re

from bot.domain.claim import Stance

_NOT = r"(?:tidak|tdk|tak|nggak|ngga|enggak|gak|ga|kagak|bukan|ora|ndak|indak|teu|kada|sanes)"
_FALSE = (
    r"(?:hoa(?:x|ks?)|bohong(?:an)?|fitnah|rumor|kabar burung|ngarang|karangan|editan|rekayasa|phishing"
    r"|bodong|ngapusi|sesat|ngawur)"
)
_POINTS = r"(?:ini|itu|iku|kuwi|eta|tu)"
_PAPER = (
    r"(?:surat|edaran|pengumuman|undangan|poster|selebaran|pesan|akun|situs|web|link|tautan|nomor|logo|kop)"
)
_EVENT = (
    r"(?:apa|apa2|apa-apa|opo2|opo-opo|kejadian|kajadian|namanya|korban|pasien|kebakaran|penculikan|penculik"
    r"|begal|gempa|tsunami|racun|keracunan|bom|ledakan|peringatan|penutupan|pemadaman|pemotongan|kenaikan|razia"
    r"|nan hilang|yang (?:keracunan|meninggal|tewas|hilang|diculik|sakit|jebol|ambruk|roboh|mati))"
)
_WHO = (
    r"(?:pemerintah|pejabat|bupati|wali ?kota|gubernur|menteri|presiden|dinas|polisi|media|mereka"
    r"|klarifikasi)"
)
_HOAX = r"hoa(?:x|ks?)"

_VERDICT = (
    rf"\b(?:{_POINTS}|udah|sudah|jelas|jelas2|fix|cuma|hanya|murni|adalah|100\s*%|berita|kabar)\s+"
    rf"(?:jelas\s+|murni\s+|cuma\s+)?(?:{_FALSE}|berita palsu|palsu)\b(?!\s+apa)"
)
_RATHER = (
    rf"\bbukan\s+(?!cuma|hanya|main|rahasia|kebetulan|{_HOAX}|bohong|fitnah)\w+(?:\s\w+)?,"
    r"\s*(?:cuma|hanya|itu|tapi|karena)\b"
)
_DENIALS = (
    # the word for it, as a verdict
    _VERDICT,
    rf"^\W*(?:{_FALSE}|hoaxx+)\b(?:\W*$|\s*[!.,:]|\s+(?:semua|banget|murahan|lama|keji))",
    rf"\b{_FALSE}\s+(?:{_POINTS}|lama|semua|banget|doang|aja|saja|bro|kak|bang|min|lur|mah|atuh)\b",
    rf"^\W*\[?(?:salah|klarifikasi|cek fakta|disinformasi|{_HOAX})\]?(?:\W|$)(?!\s*(?:siapa|pemerintah))",
    r"\b(?:cuma|hanya|sekadar|itu|ini)\s+(?:isu|gosip|rumor|sett?ingan)\b",
    r"\b(?:isu|gosip|rumor|sett?ingan)\s+(?:doang|saja|aja|belaka|konten|itu)\b",
    rf"\b{_PAPER}(?:nya)?\s+(?:{_POINTS}\s+)?palsu\b",
    rf"\bpalsu\s+{_POINTS}\b",
    rf"\b(?:percaya|termakan|dibodohi|kemakan|sebar)\b.{{0,10}}\b(?:{_HOAX}|isu)\b",
    rf"\b{_HOAX}\s+gini\b|\bcap {_HOAX}",
    # not so
    rf"\b{_NOT}\s+(?:{_POINTS}\s+)?(?:benar|bener|betul|leres|bujur|bana)\b",
    rf"\b{_NOT}\s+(?:{_POINTS}\s+)?(?:fakta|terbukti|sesuai fakta|begitu)\b",
    rf"\b{_NOT}\s+seperti\s+(?:itu|yang (?:beredar|ramai|viral))\b",
    r"\bkeliru\b|\bsalah (?:info|paham|kaprah)\b|\binfo yang salah\b|^\W*yang benar\b",
    rf"\b{_NOT} (?:terjadi apa|pernah bilang begitu)",
    r"\b(?:info|informasi|berita|kabar)(?:nya)?\s+(?:itu|ini|tersebut|tadi)\s+(?:salah|ngawur)\b",
    # nothing of the kind
    rf"\b{_NOT}\s+(?:ada|ado|ono|aya)\s+(?:itu\s+)?{_EVENT}\b",
    rf"\bmana ada\b|\bindak ado do\b|\bdi?cek\b.{{0,12}}\b{_NOT}\s+ada\W*$",
    r"\baman(?:2|-aman)?\s+(?:kok|aja|saja|sajo)\b|,\s*aman\W*$",
    rf"\b{_NOT}\s+pernah\s+(?:ada\s+surat|mengeluarkan|menerbitkan|meminta|minta|membagikan)\b",
    rf"\b{_NOT}\s+(?:membagikan|ditangkap|meninggal|hilang)\b",
    r"\b(?:masih hidup|sehat walafiat|(?:baik2|baik-baik) (?:saja|aja))\b",
    # another place, another time, another thing
    r"\b(?:foto|video|berita|kejadian)(?:nya)?\s+(?:lama|tahun lalu)\b|\bpesan lama\b",
    r"\b(?:itu|ini)\s+(?:foto|video|kejadian)\s+(?:lama|editan|di|dari)\b",
    r"\b(?:foto|video|gambar)(?:nya)?\s+(?:AI|buatan)\b",
    r"\b(?:itu|ini|cuma)\s+(?:simulasi|latihan|gladi)\b|\baslinya (?:cuma|latihan)",
    r"\bbukan\s+(?:di|dari)\s+(?:sini|kota|kampung|daerah|desa|indonesia|tempat)\b",
    _RATHER,
    r"\b(?:bilang itu|polisi,|ternyata)\s+bukan\b",
    # somebody in charge has said so
    r"\b(?:sudah|udah|telah)\s+(?:ada\s+)?(?:di)?(?:bantah|bantahan|klarifikasi)\b",
    r"\bmembantah\s+(?:kabar|isu|hal|berita|info|tudingan|itu)\b",
    r"\b(?:hasil (?:lab|tes|uji)(?:nya)?)\b.{0,20}\b(?:negatif|layak|aman)\b|\bnihil\b",
    # what to do about it
    r"\bjangan\s+(?:mudah\s+|gampang\s+|langsung\s+|lagi\s+)?(?:percaya|disebar(?:kan|in)?|sebarkan|diteruskan)\b",
    r"\bjangan\s+(?:mudah\s+|gampang\s+|langsung\s+)?(?:termakan|kemakan|panik|diklik|resah)\b",
    r"\b(?:abaikan|hiraukan)\b|\b(?:salah|di)pelintir\b|\b(?:stop sebar|(?:ga|gak|tidak|tak) usah panik)\b",
    r"\b(?:itu|ini)\s+penipuan\b|\bpenipuan\s+(?:itu|ini)\b|\bbukan\s+\w+\s+resmi\b",
)
_DENIAL = re.compile("|".join(_DENIALS), re.IGNORECASE)
_ASKS = re.compile(
    r"\?|(?<!tidak )(?<!gak )(?<!ga )(?<!bukan )(?<!ngga )"
    r"\b(?:apa(?:kah)?|benar(?:kah)?|bener|betul(?:kah)?|masa|emang|ya\s*(?:min|kak|pak|bu))\b\W*$"
    r"|\b(?:apakah|benarkah|betulkah)\b|\b(?:benar|bener|betul|hoax|hoaks)\s+(?:gak|ga|nggak|tidak|enggak|apa)\b"
    r"|\batau\s+(?:hoax|hoaks|bohong|tidak|bukan|enggak|nggak|gak|palsu)\b"
    r"|\b(?:mohon|minta|mana|belum ada)\s+klarifikasi",
    re.IGNORECASE,
)
_TURNS = re.compile(
    # others say that it is false
    r"\b(?:bilang|katanya|dibilang|disebut)\b.{0,40}\b(?:hoa(?:x|ks?)|bohong|tidak benar)\b"
    # it is not false after all
    rf"|\b{_NOT}\s+(?:hoa(?:x|ks?)|bohong|fitnah)\b|\bfitnah apa\b"
    r"|\bpadahal\b|\bhoa(?:x|ks) kok (?:banyak|ada)\b"
    r"|\b(?:ternyata|memang|dan)\s+(?:benar|betul|ada)\b|\beh beneran\b|\bmembenarkan\b"
    # hoping, supposing
    r"|^\W*(?:semoga|mudah2an|mudah-mudahan|kalau|kalo|klo|jika|andai|kirain|kukira|awalnya)\b"
    rf"|\b{_NOT} mungkin {_NOT}\b|\bmemang bukan\b.{{0,30}}\btapi\b"
    # the denial is not believed
    r"|\b(?:di)?(?:bantah|klarifikasi)\w*\b.{0,12}\b(?:tapi|padahal|percuma|palsu)\b|\bmembantah karena\b"
    rf"|\bjangan percaya\b.{{0,20}}\b(?:{_WHO}|omongan|petugas)|\b{_WHO}\s+(?:\w+\s+)?bohong\b"
    rf"|\bbohong\s+(?:kalau|{_WHO})"
    rf"|\b{_NOT}\s+(?:benar|bener)\s+(?:nih\s+|ini,\s*)?(?:cara|kelakuan|rakyat|{_WHO})\b",
    re.IGNORECASE,
)


def stance_of(text: str) -> Stance:
    """A question denies nothing, nor does somebody who hopes, or who complains that others call it a hoax."""
    if _ASKS.search(text.strip()) or _TURNS.search(text):
        return Stance.TELLS
    return Stance.DENIES if _DENIAL.search(text) else Stance.TELLS
