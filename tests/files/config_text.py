"""A small valid configuration for tests that change one thing in it."""

from pathlib import Path

ENV = {"TANGGAP_BOT_TOKEN": "12345:uji"}
EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"

SMALL = """\
agency:
  name: Pemerintah Kota Contoh
  short: Kota Contoh
  zone: WITA
telegram:
  token: ${TANGGAP_BOT_TOKEN}
chats:
  triage: -1001000000001
people:
  - {id: ratna, name: Ratna, roles: [koordinator, pengelola], contacts: {phone: 0800-0000-0001}}
  - {id: sari, name: Sari, roles: [admin, piket], zone: WIT}
groups:
  kepala-humas: [ratna]
  pimpinan: [ratna]
  pendamping: [ratna, sari]
units:
  - {id: pupr, name: Pekerjaan Umum, people: [sari]}
  - {id: bpbd, name: BPBD, people: [ratna]}
  - {id: layanan, name: Bidang layanan, people: [ratna]}
  - {id: keamanan, name: Penghubung keamanan, people: [ratna]}
  - {id: siber, name: Tim siber, people: [ratna]}
rota:
  medsos:
    zone: WIB
    shifts:
      - {days: sen-jum, from: 19:00, to: 07:00, people: [sari, ratna]}
  medsos-cadangan:
    shifts:
      - {days: sen-min, from: 00:00, to: 00:00, people: [ratna]}
"""


def write(folder: Path, more: str = "", *, text: str = SMALL) -> Path:
    """Put a configuration into a folder; gives its path."""
    path = folder / "config.yaml"
    path.write_text(text + more, encoding="utf-8")
    return path
