"""The words that `tests.store.reprints` makes texts of; all invented."""

PLACES = (
    *("Ashby", "Wexley", "Harrow Fen", "Corley", "Millthorpe", "Dunmere", "Staveley", "Orton Bay"),
    *("Penhallow", "Brackwater", "Kettlesby", "Lowmoor", "Tarnside", "Foxton", "Great Hale"),
    *("Winslade", "Northolme", "Selby Cross", "Marlow Green", "Eastcombe"),
)
BODIES = (
    *("the Harbour Trust", "the County Board", "the Rural Fund", "the Arts Office"),
    *("the Transport Agency", "the River Authority", "the Schools Trust", "the Health Partnership"),
)
GOODS = (
    *("new buses", "flood walls", "a maths hub", "cycle lanes", "warm homes", "a dental clinic"),
    *("school kitchens", "a youth club", "bridge repairs", "a lifeboat station", "tree planting"),
)
NAMES = (
    *("Jane Ferris", "Tom Oakley", "Priya Nair", "Hugh Marsden", "Ellen Voss", "Samir Khalil"),
    *("Ruth Adeyemi", "Colin Peake", "Marta Lewin", "Owen Tregear"),
)
PAPERS = ("Wexley Post", "Daily Ledger", "County Echo", "Harbour Times", "Northern Standard")
HEADLINES = (
    "{a} for {goods} in {place}",
    "{place} to get {goods} as {body} finds {a}",
    "Cash boost for {goods}, says {one}",
    "What {place} will do with its {a}",
    "{body} backs {goods} in {place}",
)
FORMS = (
    "By {name}",
    "By {name}, Local Democracy Reporter",
    "{name} for the {paper}",
    "Words: {name}. Picture: {paper}",
)
BOILERPLATE = (
    "The {paper} is written by people who live here. Sign up for our free letter to have the day's "
    "news sent to you each evening, and tell us what we should look into next.",
    "Notes to editors: pictures can be had from the press desk of the {paper} on weekdays between "
    "nine and five. Interviews are arranged on request.",
    "Do you have a story for the {paper}? Write to our news desk or come to see us in the market.",
    "The {paper} has a members' club from £3 a month, which pays for reporting like this.",
)
# Half of the sentences of a release state money or figures, half do not.
SENTENCES = (
    "A total of {a} will go to {goods} in {place}, {body} has announced.",
    "{body} has set aside {b} of it for the first two years, with the rest to follow by {year}.",
    '"This is what people in {place} have asked us for time and again," Mr {one} said.',
    "Work on {goods} is due to begin in the spring and should be finished within three years.",
    "Around {n} per cent of households in {place} are expected to notice the difference.",
    "The plans were drawn up with {n} local groups over the winter and went out to consultation.",
    "Ms {two}, who chairs {body}, said the Council had worked hard to organise the bid.",
    "A further {c} comes from firms in {place}, which have promised to match what is raised.",
    '"We have waited long enough - now we want to see results on the ground," Dr {two} said.',
    "The Government turned down an earlier bid by {place} because the costs were not clear.",
    "Residents can see drawings of {goods} in the library until the end of the month.",
    "Up to {n} jobs could be created, most of them for young people who live near {place}.",
    "{body} will report on progress twice a year and publish every contract that it signs.",
    "An audit in {year} will look at whether the {a} was well spent and what should come next.",
    "Schools near {place} will be asked to name the first of the schemes in a competition.",
    "The money does not have to be paid back, but {body} must show receipts for all of it.",
    "Last winter {n} homes in {place} were without power for two days after the storm.",
    "Mr {one} thanked volunteers who had spent their weekends knocking on doors for the bid.",
    "Two thirds of the {b} is meant for streets that have had no such work since the war.",
    "Critics say that {a} will not stretch far once the price of steel is taken into account.",
    "The first {c} was handed over at a short ceremony in {place} town hall on Monday.",
    "Shopkeepers hope that {goods} will bring visitors back to the high street at weekends.",
    "A spokesman for {body} said the timetable was tight, and that nobody should be surprised "
    "if parts of it moved.",
    "Bids from {n} other towns were rejected, among them two from the far side of the county.",
    "The scheme was first mooted a decade ago and has outlived three leaders of the Council.",
    "Under the terms of the grant, local firms must be given the chance to tender for the work.",
    "Drivers are warned that some roads will be shut overnight while the surveys are made.",
    "Ms {two} said that without the {b} the whole idea would have been shelved for good.",
    "People who rent their homes will be told by letter what the work means for them.",
    "It is the largest sum that {place} has been given since the by-pass was opened.",
)
OWN_WORDS = (
    "Ask anyone at the bus stop in {place} about {goods} and you will get a shrug.",
    "The figure of {a} has been round the block before, and not everyone here believes in it.",
    "I counted eleven empty shops between the station and the church on Tuesday morning.",
    "What nobody at {body} would tell me is where the next round of money is to come from.",
    "{one} met me in a cold room above the bakery and talked for an hour without notes.",
    "Some of those I spoke to had never heard of {body}, let alone of its {b}.",
    "Ten years on, the promises made to {place} fill a thick folder in the local archive.",
    "It may yet work, but the sums need to be looked at by somebody with no stake in them.",
    "Across the river they have tried the same thing twice, and twice it ran out of steam.",
    "The minutes of the meeting, which we have seen, record a long row about the drains.",
    "On paper the case for {goods} is strong; in the street it sounds rather different.",
    "By the time I left, the rain had started and the market traders were packing up.",
)
# What forms leave open: places, sums, references. Everything else is the same in every notice.
NOTICES = (
    "Notice of award. The community fund panel met on {day} March to consider bids under the small "
    "grants scheme. The panel has awarded {a} to {place} village hall under reference {reference}. "
    "The grant must be spent within twelve months of the date of this letter. Receipts must be "
    "kept for six years and shown to officers on request. Any part of the grant that is not spent "
    "must be returned to the fund. The panel's decision is final and no appeal lies against it.",
    "Public notice. The highways committee gives notice that works will be carried out in {place} "
    "from {day} June for up to six weeks. The works are to cost {a} and are paid for from the "
    "roads budget. While they last, drivers should follow the signs and allow more time for their "
    "journeys. Access for emergency services will be kept at all times. Anyone who wishes to "
    "object must do so in writing within twenty-one days.",
    "Fees for the year. Parking permits for residents of {place} cost £50 a year from {day} April. "
    "A second permit for the same household costs £75 a year. Blue badge holders do not pay. "
    "Permits can be bought online or at the customer desk in {place} library during opening "
    "hours. Permits that are lost will be replaced once at no charge. Fees are reviewed each "
    "spring by the cabinet member and published on this page.",
)
REWORDED = {
    "said": "says",
    "should": "ought to",
    "hope": "trust",
    "due to": "set to",
    "around": "about",
    "because": "as",
    "finished": "done",
    "largest": "biggest",
    "people": "folk",
    "thanked": "praised",
    "warned": "told",
}
