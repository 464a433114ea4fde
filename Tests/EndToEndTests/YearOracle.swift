/// What the rules say of a scripted year: written from docs/rules.md and inputs.md, slowly and
/// obviously, row by row, with everything in memory; it shares nothing with the program.
final class YearOracle {
  /// A row of a feed and what has become of it.
  final class Entry {
    let row: YearRow
    let feed: String
    let line: Int
    /// The period that was open when it came.
    let takenIn: String
    var bucket = ""
    var reasons: [String] = []
    /// The last period in which its eligibility was looked at.
    var assessedIn = ""
    /// It was notYetDue or open to assessment when the open period opened.
    var wasOpen = false
    /// The transaction date of the earning that it follows.
    var followedDay: String?
    var postedIn: String?

    init(_ row: YearRow, feed: String, line: Int, takenIn: String) {
      (self.row, self.feed, self.line, self.takenIn) = (row, feed, line, takenIn)
    }

    var isLive: Bool { ["accepted", "ineligible", "notYetDue"].contains(bucket) }
    var month: String { YearCalendar.month(row.date) }
  }

  private(set) var period: String
  private(set) var entries: [Entry] = []
  private(set) var feeds: [(name: String, period: String)] = []
  var world: YearWorld
  /// What the closes so far have left behind.
  var books = YearBooks()

  init(_ world: YearWorld) {
    self.world = world
    period = world.firstPeriod
  }

  /// The only clock of a run.
  private(set) var asOf = ""
  var lastDay: String { YearCalendar.lastDay(period) }

  // MARK: Where a row ends

  /// What a run does: what is open is assessed, then the feeds are taken in by their names.
  func run(_ world: YearWorld, _ delivered: [String: [YearRow]], asOf: String? = nil) {
    self.world = world
    self.asOf = asOf ?? lastDay
    assessOpenRows()
    takeFollowersAlong()
    for (name, rows) in delivered.sorted(by: { $0.key < $1.key }) {
      feeds.append((name, period))
      for (index, row) in rows.enumerated() {
        take(Entry(row, feed: name, line: index + 2, takenIn: period))
        takeFollowersAlong()
      }
    }
  }

  private func assessOpenRows() {
    for entry in entries {
      let isDue = entry.bucket == "notYetDue" && entry.row.date <= lastDay
      let isOpen = entry.bucket == "ineligible" && disputeBy(entry.row) >= asOf
      if isDue || isOpen { assess(entry) }
    }
  }

  private func assess(_ entry: Entry) {
    entry.reasons = entry.followedDay == nil ? reasons(entry.row) : []
    entry.bucket = entry.reasons.isEmpty ? "accepted" : "ineligible"
    entry.assessedIn = period
  }

  private func take(_ entry: Entry) {
    defer { entries.append(entry) }
    guard world.partner(entry.row.partner) != nil else {
      entry.bucket = "rejected"
      return
    }
    if entry.row.date > lastDay { entry.bucket = "notYetDue" } else { assess(entry) }
    guard let known = live(entry.row.id) else { return }
    if content(known.row) == content(entry.row) {
      entry.bucket = "duplicate"
    } else if known.bucket == "accepted" {
      entry.bucket = "rejected"
    } else {
      known.bucket = "duplicate"
    }
  }

  private func live(_ id: String) -> Entry? {
    entries.first { $0.row.id == id && $0.isLive }
  }

  /// The canonical values: an empty lever is the default one.
  private func content(_ row: YearRow) -> YearRow {
    var row = row
    if row.lever.isEmpty { row.lever = world.plan(row.program)?.levers[0].name ?? "" }
    return row
  }

  /// A negative row follows an accepted earning of its partner and program, whichever came first.
  private func takeFollowersAlong() {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for entry in entries where entry.isLive && entry.postedIn == nil && entry.row.amount < 0 {
        guard let sale = live(entry.row.related), sale.bucket == "accepted",
          sale.row.partner == entry.row.partner, sale.row.program == entry.row.program,
          entry.followedDay != sale.row.date
        else { continue }
        entry.followedDay = sale.row.date
        if entry.bucket == "ineligible" { assess(entry) }
        hasChanged = true
      }
    }
  }

  // MARK: Eligibility

  func disputeBy(_ row: YearRow) -> String {
    YearCalendar.adding(world.plan(row.program)?.disputeDays ?? 0, to: row.date)
  }

  private func reasons(_ row: YearRow) -> [String] {
    guard let partner = world.partner(row.partner), let plan = world.plan(row.program) else {
      return ["lost"]
    }
    func holds(_ from: String, _ to: String?) -> Bool {
      YearCalendar.firstDay(YearCalendar.month(from)) <= row.date && row.date <= to ?? row.date
    }
    var reasons: [String] = []
    if !partner.agreements.contains(where: { holds($0.from, $0.to) }) { reasons.append("E301") }
    if plan.asksForEnrollment {
      let enrollment = partner.enrollments[plan.name]
      let counts = enrollment.map { $0.status == "enrolled" || $0.endsOn != nil } ?? false
      let isEnrolled = enrollment.map { holds($0.enrolledOn, $0.endsOn) } ?? false
      if !counts || !isEnrolled { reasons.append("E303") }
    }
    let completed = [partner.tax?.completedOn, partner.payment?.completedOn]
    if !completed.allSatisfy({ $0.map { holds($0, nil) } ?? false }) { reasons.append("E304") }
    if let from = partner.payableFrom, row.date < from { reasons.append("E305") }
    return reasons
  }

  // MARK: The close

  /// What a close does: assesses what is open, posts, keeps, and opens the next period.
  func close() {
    for account in accounts() { books.post(settle(account), in: period) }
    for entry in entries where entry.bucket == "accepted" && entry.postedIn == nil {
      entry.postedIn = period
    }
    books.adjustments.formUnion(openAdjustments.map(\.id))
    books.plans[period] = world.plans
    period = YearCalendar.next(period)
    for entry in entries {
      entry.wasOpen =
        entry.bucket == "notYetDue"
        || entry.bucket == "ineligible" && disputeBy(entry.row) >= YearCalendar.firstDay(period)
    }
  }

  var openAdjustments: [YearAdjustment] {
    world.adjustments.filter { $0.appliesTo <= period && !books.adjustments.contains($0.id) }
  }
}
