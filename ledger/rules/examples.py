"""A bad and a good example for each rule, as `ledger explain CODE` shows them: fragments of files, invented, no logic.

A comment that begins `# the seed:` gives the words of the source; `<U+202E>` stands for the character of that number.
"""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, str]] = {
    "D601": (
        """\
- id: bridge-open
  said: 10.3.2025
""",
        """\
- id: bridge-open
  said: 2025-03-10
""",
    ),
    "D602": (
        """\
- id: bridge-open
  said: 2025-02-30
""",
        """\
- id: bridge-open
  said: 2025-02
  note: the text has 30 February
""",
    ),
    "D603": (
        """\
- id: bridge-open
  said: 2025-03-10
  holds: 2025-03-09/2025-03-02
""",
        """\
- id: bridge-open
  said: 2025-03-10
  holds: 2025-03-02/2025-03-09
""",
    ),
    "D604": (
        """\
published: 2025-03-10
claims:
- id: bridge-open
  said: 2025-03-11
""",
        """\
published: 2025-03-10
claims:
- id: bridge-open
  said: 2025-03-10
""",
    ),
    "D605": (
        """\
- id: flood
  property: flood              # an event
  holds: 2025-03-01/..
""",
        """\
- id: flood
  property: flood              # an event
  holds: 2025-03-01/2025-03-02 # on one of these days
""",
    ),
    "D606": (
        """\
- id: flood
  property: flood              # an event
  said: 2025-03-10
  holds: 2025-04-01
""",
        """\
- id: flood
  property: flood              # an event
  stance: expects
  said: 2025-03-10
  holds: 2025-04-01
""",
    ),
    "F201": (
        """\
- id: power-on
  property: power
  value: on
  extnet: most
""",
        """\
- id: power-on
  property: power
  value: on
  extent: most
""",
    ),
    "F202": (
        """\
- {id: bridge-open, place: millbrook, property: bridge, value: open,
   claimant: ministry, quote: The bridge at Millbrook is open}
""",
        """\
- {id: bridge-open, place: millbrook, property: bridge, value: open,
   claimant: ministry, said: 2025-03-10, quote: The bridge at Millbrook is open}
""",
    ),
    "F203": (
        """\
- id: bridge-open
  accept: Q310
""",
        """\
- id: bridge-open
  accept: {Q310: the hedge is about the road}
""",
    ),
    "F204": (
        """\
- id: bridge-open
  note:
""",
        """\
- id: bridge-open
  note: said at the opening
""",
    ),
    "F205": (
        """\
- id: Bridge_Open
  place: millbrook
""",
        """\
- id: bridge-open
  place: millbrook
""",
    ),
    "F206": (
        """\
- id: bridge-open
  claimant: ministry
- id: bridge-open
  claimant: paper
""",
        """\
- id: bridge-open
  claimant: ministry
- id: bridge-open-too
  claimant: paper
""",
    ),
    "N801": (
        """\
tensions:
- claims: [bridge-open, bridge-closed]   # two values of one choice: a rule finds this
  by: curators
  on: 2025-04-01
  why: it can't be both
""",
        """\
tensions:
- claims: [name-old, name-new]           # free text: no rule compares it
  by: curators
  on: 2025-04-01
  why: two names for one bridge
""",
    ),
    "N802": (
        """\
- id: bridge-open
  quote: The bridge at Millbrook is open
  accept: {Q310: the hedge is the paper's own}
""",
        """\
- id: bridge-open
  quote: The bridge at Millbrook is open
""",
    ),
    "Q301": (
        """\
# the seed: The bridge at Millbrook is open.
- id: bridge-open
  quote: The bridge at Millbrook was open
""",
        """\
# the seed: The bridge at Millbrook is open.
- id: bridge-open
  quote: The bridge at Millbrook is open
""",
    ),
    "Q302": (
        """\
# the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
- id: bridge-open
  quote: the bridge is open
""",
        """\
# the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
- id: bridge-open
  quote: the bridge is open
  before: At Millbrook
""",
    ),
    "Q303": (
        """\
# the seed: The bridge at Millbrook is open.
- id: bridge-open
  quote: "."
""",
        """\
# the seed: The bridge at Millbrook is open.
- id: bridge-open
  quote: The bridge at Millbrook is open
""",
    ),
    "Q304": (
        """\
# the seed: The “old” bridge at Millbrook is open.
- id: bridge-open
  quote: The "old" bridge at Millbrook is open
""",
        """\
# the seed: The “old” bridge at Millbrook is open.
- id: bridge-open
  quote: The “old” bridge at Millbrook is open
""",
    ),
    "Q305": (
        """\
# the seed: News of the bridge at Millbrook
#
# It is open again.
- id: bridge-open
  quote: the bridge at Millbrook It is open again
""",
        """\
# the seed: News of the bridge at Millbrook
#
# It is open again.
- id: bridge-open
  quote: It is open again
  accept: {Q314: Millbrook is in the heading above}
""",
    ),
    "Q306": (
        """\
# the seed: Some 30.000 people live at Millbrook.
- id: people
  property: people
  value: 30000
  quote: 000 people live at Millbrook
""",
        """\
# the seed: Some 30.000 people live at Millbrook.
- id: people
  property: people
  value: 30000
  quote: 30.000 people live at Millbrook
""",
    ),
    "Q307": (
        """\
# the seed: It is not true that the bridge at Millbrook is open.
- id: bridge-open
  value: open
  quote: the bridge at Millbrook is open
""",
        """\
# the seed: It is not true that the bridge at Millbrook is open.
- id: bridge-not-open
  value: open
  stance: denies
  quote: It is not true that the bridge at Millbrook is open
""",
    ),
    "Q308": (
        """\
# the seed: The bridge at Millbrook is today, the mayor adds, not open.
- id: bridge-open
  value: open
  quote: The bridge at Millbrook is [...] open
""",
        """\
# the seed: The bridge at Millbrook is today, the mayor adds, not open.
- id: bridge-not-open
  value: open
  stance: denies
  quote: The bridge at Millbrook is [...] not open
""",
    ),
    "Q309": (
        """\
# the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
- id: bridge-open
  quote: the bridge is open
  after: at night
""",
        """\
# the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
- id: bridge-open
  quote: the bridge is open
  after: to carts
""",
    ),
    "Q310": (
        """\
# the seed: The bridge at Millbrook is reportedly open.
- id: bridge-open
  quote: The bridge at Millbrook is reportedly open
""",
        """\
# the seed: The bridge at Millbrook is reportedly open.
- id: bridge-open
  hedge: reportedly
  quote: The bridge at Millbrook is reportedly open
""",
    ),
    "Q311": (
        """\
# the seed: The bridge at Millbrook is reportedly open.
- id: bridge-open
  hedge: allegedly
  quote: The bridge at Millbrook is reportedly open
""",
        """\
# the seed: The bridge at Millbrook is reportedly open.
- id: bridge-open
  hedge: reportedly
  quote: The bridge at Millbrook is reportedly open
""",
    ),
    "Q312": (
        """\
- id: bridge-open
  quote: The bridge at Millbrook is open
- id: bridge-is-open
  quote: The bridge at Millbrook is open
""",
        """\
- id: bridge-open
  quote: The bridge at Millbrook is open
""",
    ),
    "Q313": (
        """\
# the seed: Millbrook has 27,000 inhabitants.
- id: people
  property: people
  value: 26000
  quote: Millbrook has 27,000 inhabitants
""",
        """\
# the seed: Millbrook has 27,000 inhabitants.
- id: people
  property: people
  value: 27000
  quote: Millbrook has 27,000 inhabitants
""",
    ),
    "Q314": (
        """\
# the seed: The bridge at Elmdorf is open.
- id: bridge-open
  place: millbrook
  quote: The bridge at Elmdorf is open
""",
        """\
# the seed: The bridge at Elmdorf is open.
- id: bridge-open
  place: elmdorf
  quote: The bridge at Elmdorf is open
""",
    ),
    "Q315": (
        """\
# the seed: Broen i Millbrook er åpen.
language: nb
claims:
- id: bridge-open
  quote: Broen i Millbrook er åpen
""",
        """\
# the seed: Broen i Millbrook er åpen.
language: nb
claims:
- id: bridge-open
  quote: Broen i Millbrook er åpen
  translation: The bridge at Millbrook is open
""",
    ),
    "Q316": (
        """\
- id: bridge-open
  quote: The bridge at Millbrook is open
  translation: The bridge at Millbrook is open
""",
        """\
- id: bridge-open
  quote: The bridge at Millbrook is open
""",
    ),
    "Q317": (
        """\
# the seed: The bridge at Millbrook is open. Read our newsletter.
passed-over:
- {quote: Subscribe to our newsletter, why: advertisement}
""",
        """\
# the seed: The bridge at Millbrook is open. Read our newsletter.
passed-over:
- {quote: Read our newsletter, why: advertisement}
""",
    ),
    "R401": (
        """\
- id: bridge-open
  place: Millbrook
""",
        """\
- id: bridge-open
  place: millbrook
""",
    ),
    "R402": (
        """\
- id: bridge-open
  claimant: Ministry of Roads
""",
        """\
- id: bridge-open
  claimant: ministry
""",
    ),
    "R403": (
        """\
- id: bridge-open
  property: brigde
  value: open
""",
        """\
- id: bridge-open
  property: bridge
  value: open
""",
    ),
    "R404": (
        """\
- id: lorries-running
  property: traffic      # subjects: [cars, lorries]
  subject: lories
  value: running
""",
        """\
- id: lorries-running
  property: traffic      # subjects: [cars, lorries]
  subject: lorries
  value: running
""",
    ),
    "R405": (
        """\
- id: bridge-open
  disputes: [bridge-closd]
""",
        """\
- id: bridge-open
  disputes: [bridge-closed]
""",
    ),
    "S701": (
        """\
seed: txet.txt
claims: []
""",
        """\
seed: text.txt
claims: []
""",
    ),
    "S702": (
        """\
seed: text.txt       # edited after it was recorded
sha256: 9febe3f6e40886946aeac03c7689b2a30f7dce7a74910a1f806124f059b37728
""",
        """\
seed: text.txt       # the recorded bytes, brought back
sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049
""",
    ),
    "S703": (
        """\
claims/monday.yaml:   seed: text.txt
claims/tuesday.yaml:  seed: text.txt
""",
        """\
claims/monday.yaml:   seed: text.txt
claims/tuesday.yaml:  seed: another-text.txt
""",
    ),
    "S704": (
        """\
seed: ../archive/text.txt
claims: []
""",
        """\
seed: text.txt
claims: []
""",
    ),
    "S705": (
        """\
seeds/text.txt:  Le caf<E9> de Clairval est ouvert.     (Latin-1: é is the byte E9)
""",
        """\
seeds/text.txt:  Le caf<C3 A9> de Clairval est ouvert.  (UTF-8: é is the bytes C3 A9)
""",
    ),
    "S706": (
        """\
seeds/text.txt       claims/text.yaml names it
seeds/other.txt      no claims file names it
""",
        """\
seeds/text.txt       claims/text.yaml names it
seeds/other.txt      claims/other.yaml names it
""",
    ),
    "S707": (
        """\
seed: text.txt
sha256: 088fe679
""",
        """\
seed: text.txt
sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049
""",
    ),
    "S708": (
        """\
seed: text.txt
language: en_GB
""",
        """\
seed: text.txt
language: en-GB
""",
    ),
    "V501": (
        """\
- id: people
  property: people       # a quantity
  value: 27 000
""",
        """\
- id: people
  property: people       # a quantity
  value: 27000
""",
    ),
    "V502": (
        """\
- id: no-flood
  property: flood        # an event
  value: no
""",
        """\
- id: no-flood
  property: flood        # an event
  stance: denies
""",
    ),
    "V503": (
        """\
- id: power-on
  property: power        # a choice with parts
  value: on
  extent: half
""",
        """\
- id: power-on
  property: power        # a choice with parts
  value: on
  extent: 50%
""",
    ),
    "V504": (
        """\
- id: power-not-on
  property: power        # a choice with parts
  value: on
  stance: denies
""",
        """\
- id: power-not-on
  property: power        # a choice with parts
  value: on
  extent: all            # not all of it has power
  stance: denies
""",
    ),
    "V505": (
        """\
- id: bridge-not-open
  value: open
  stance: denys
""",
        """\
- id: bridge-not-open
  value: open
  stance: denies
""",
    ),
    "V506": (
        """\
- id: people
  property: people       # a quantity
""",
        """\
- id: people
  property: people       # a quantity
  value: 27000
""",
    ),
    "V507": (
        """\
- id: running
  property: traffic      # subjects: [cars, lorries]
  value: running
""",
        """\
- id: running
  property: traffic      # subjects: [cars, lorries]
  subject: cars
  value: running
""",
    ),
    "V508": (
        """\
- id: people
  property: people       # a quantity
  value: 27.000
""",
        """\
- id: people
  property: people       # a quantity
  value: 27000
""",
    ),
    "N803": (
        """\
# one of the two claims has another date since this was written
resolutions:
- {claims: [bridge-open, bridge-closed], found: explained, by: curators,
   on: 2025-04-01, why: closed at night, fingerprint: 0123456789ab}
""",
        """\
# looked at again, with the fingerprint that `ledger why` prints
resolutions:
- {claims: [bridge-open, bridge-closed], found: explained, by: curators,
   on: 2025-04-01, why: closed at night, fingerprint: d1af42c08275}
""",
    ),
    "N804": (
        """\
# different questions: they do not contradict each other
resolutions:
- {claims: [bridge-open, name-old], found: open, by: curators,
   on: 2025-04-01, why: ministry was asked, fingerprint: 0123456789ab}
""",
        """\
resolutions:
- {claims: [bridge-open, bridge-closed], found: open, by: curators,
   on: 2025-04-01, why: ministry was asked, fingerprint: d1af42c08275}
""",
    ),
    "N805": (
        """\
resolutions:
- {claims: [bridge-open, bridge-closed], found: open, by: curators,
   on: 2025-04-01, why: ministry was asked, fingerprint: d1af42c08275}
- {claims: [bridge-closed, bridge-open], found: explained, by: curators,
   on: 2025-04-01, why: closed at night, fingerprint: d1af42c08275}
""",
        """\
resolutions:
- {claims: [bridge-open, bridge-closed], found: explained, by: curators,
   on: 2025-04-01, why: closed at night, fingerprint: d1af42c08275}
""",
    ),
    "W901": (
        """\
properties:
  bridge:
    title: whether the bridge can be used
""",
        """\
properties:
  bridge:
    title: whether the bridge can be used
    values: [open, closed]
""",
    ),
    "W902": (
        """\
properties:
  bridge: {values: [open, closed], tolerance: 10%}
""",
        """\
properties:
  bridge: {values: [open, closed]}
  people: {quantity: people, tolerance: 10%}
""",
    ),
    "W903": (
        """\
properties:
  bridge: {values: [open, closed], lasts: two weeks}
""",
        """\
properties:
  bridge: {values: [open, closed], lasts: P14D}
""",
    ),
    "W904": (
        """\
properties:
  bridge: {values: [open, closed], lasts: P7D}
  flood: {event: true, implies: [{property: bridge, value: shut}]}
""",
        """\
properties:
  bridge: {values: [open, closed], lasts: P7D}
  flood: {event: true, implies: [{property: bridge, value: closed}]}
""",
    ),
    "W905": (
        """\
places:
  county: {kind: county, names: {en: Mill County}, within: millbrook}
  millbrook: {kind: village, names: {en: Millbrook}, within: county}
""",
        """\
places:
  county: {kind: county, names: {en: Mill County}}
  millbrook: {kind: village, names: {en: Millbrook}, within: county}
""",
    ),
    "W906": (
        """\
places:
  millbrook: {kind: village, names: {en: Millbrook}}
  elmdorf-millbrook: {kind: part, names: {en: Millbrook}, within: elmdorf}
""",
        """\
places:
  millbrook: {kind: village, names: {en: Millbrook}}
  elmdorf-millbrook: {kind: part, names: {en: Millbrook in Elmdorf}, within: elmdorf}
""",
    ),
    "W907": (
        """\
places:
  millbrook: {kind: village, names: {en: Millbrook}}
  lakeside: {kind: village, names: {en: Lakeside}}     # no claim is of Lakeside
""",
        """\
places:
  millbrook: {kind: village, names: {en: Millbrook}}
""",
    ),
    "W908": (
        """\
places:
  millbrook: {kind: village}
""",
        """\
places:
  millbrook: {kind: village, names: {en: Millbrook}}
""",
    ),
    "Y101": (
        """\
publisher: Bygdebladet p<E5> Bekkvik       # Latin-1: å is the byte E5
""",
        """\
publisher: Bygdebladet p<C3 A5> Bekkvik    # UTF-8: å is the bytes C3 A5
""",
    ),
    "Y102": (
        """\
<U+FEFF>seed: text.txt
language: en
""",
        """\
seed: text.txt
language: en
""",
    ),
    "Y103": (
        """\
seed: text.txt      # the text of Monday<U+2028>language: ro
language: nb
""",
        """\
seed: text.txt      # the text of Monday
language: nb
""",
    ),
    "Y104": (
        """\
- id: bridge-open
<U+0009>place: millbrook
""",
        """\
- id: bridge-open
  place: millbrook
""",
    ),
    "Y105": (
        """\
seed: text.txt
title: Millbrook: the bridge is open
""",
        """\
seed: text.txt
title: "Millbrook: the bridge is open"
""",
    ),
    "Y106": (
        """\
- id: bridge-open
  value: open
  stance: denies
  value: closed
""",
        """\
- id: bridge-open
  value: open
  stance: denies
""",
    ),
    "Y107": (
        """\
- id: bridge-open
  place: &here millbrook
- id: road-dry
  place: *here
""",
        """\
- id: bridge-open
  place: millbrook
- id: road-dry
  place: millbrook
""",
    ),
    "Y108": (
        """\
- id: people
  value: !!int 27000
""",
        """\
- id: people
  value: 27000
""",
    ),
    "Y109": (
        """\
seed: text.txt
---
seed: other.txt
""",
        """\
seed: text.txt       # and claims/other.yaml for the other text
""",
    ),
    "Y110": (
        """\
# still to be read
""",
        """\
seed: text.txt
claims: []
""",
    ),
    "Y111": (
        """\
- id: people
  value: >=43
""",
        """\
- id: people
  value: ">=43"
""",
    ),
    "Y112": (
        """\
claims/all-reports.yaml       17 MiB
""",
        """\
claims/report-of-march.yaml    9 MiB
claims/report-of-april.yaml    8 MiB
""",
    ),
    "Y113": (
        """\
- seed: text.txt
- language: en
""",
        """\
seed: text.txt
language: en
""",
    ),
    "Y114": (
        """\
claims/text.yaml -> ../archive/text.yaml     a symbolic link
""",
        """\
claims/text.yaml                             the file itself
""",
    ),
    "Y115": (
        """\
- id: bridge-open
  note: the bridge is <U+202E>desolc<U+202C>, says the ministry
""",
        """\
- id: bridge-open
  note: the bridge is closed, says the ministry
""",
    ),
    "Y116": (
        """\
claims/text.yml
""",
        """\
claims/text.yaml
""",
    ),
    "Y117": (
        """\
- id: bridge-open
  note: an e with 65 times <U+0301> behind it
""",
        """\
- id: bridge-open
  note: an é
""",
    ),
    "Y118": (
        """\
- id: bridge-open
  note: nothing to see                                             and here the rest
""",
        """\
- id: bridge-open
  note: nothing to see, and here the rest
""",
    ),
    "Y119": (
        """\
- id: bridge-open
  translation: the bridge at lot #4 is open
""",
        """\
- id: bridge-open
  translation: "the bridge at lot #4 is open"
""",
    ),
    "Q318": (
        """\
# the seed: The bridge at Millbrook is open
- id: bridge-open
  note: at Millbrоok
""",
        """\
- id: bridge-open
  note: at Millbrook
""",
    ),
    "W909": (
        """\
places:
  millbrook:
    kind: village
    names: {en: Millbrоok}
""",
        """\
places:
  millbrook:
    kind: village
    names: {en: Millbrook}
""",
    ),
}
