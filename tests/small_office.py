"""The config.yaml of an office of two, for commands that need one; nothing in it reaches a network."""

TOKEN = "12345:rahasia-uji-yang-tidak-membuka-apa-pun"
CONFIG = """\
agency: {name: Pemerintah Kota Contoh, short: Kota Contoh}
telegram: {token: '${TANGGAP_BOT_TOKEN}', api_base_url: 'http://127.0.0.1:9'}
database: {url: 'sqlite:tanggap.db'}
chats: {triage: -1001000000001}
people:
  - {id: sekar, name: Sekar, roles: [koordinator, pengelola]}
  - {id: laras, name: Laras, roles: [admin, piket]}
groups: {kepala-humas: [sekar], pimpinan: [sekar], pendamping: [sekar, laras]}
units:
  - {id: bpbd, name: BPBD, people: [sekar]}
  - {id: layanan, name: Bidang layanan, people: [sekar]}
  - {id: keamanan, name: Penghubung keamanan, people: [sekar]}
  - {id: siber, name: Tim siber, people: [sekar]}
rota:
  medsos: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [laras]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [sekar]}]}
"""
