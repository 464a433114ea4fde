import Testing

/// What must add up over the periods of a year, read from what the program wrote and nothing else.
struct YearSums {
  private let finals: [(period: String, outbox: Outbox)]

  init(_ finals: [String: Outbox]) {
    self.finals = finals.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  func check() throws {
    try checkBridges()
    try checkPayments()
    try checkRows()
  }

  /// Every opening is the closing before it, and no closing that is not zero is forgotten.
  private func checkBridges() throws {
    var closings: [String: [Int]] = [:]
    for (period, outbox) in finals {
      var next: [String: [Int]] = [:]
      for row in try outbox.table("register.csv") {
        let column = { (name: String) in try millionths(row[name]) }
        let key = ["participantId", "programName", "currency"].map { row[$0] ?? "" }
          .joined(separator: " ")
        let opening = try [column("opening"), column("coopOpening")]
        #expect(opening == closings.removeValue(forKey: key) ?? [0, 0], "\(key) \(period)")
        let moved = try column("opening") + column("earned") + column("adjustments")
        let closing = try column("closing")
        #expect(try moved - column("gross") == closing, "\(key) \(period)")
        let coop = try column("coopClosing")
        #expect(try column("coopOpening") + column("coop") == coop, "\(key) \(period)")
        if closing != 0 || coop != 0 { next[key] = [closing, coop] }
      }
      #expect(closings.isEmpty, "balances that \(period) has forgotten: \(closings)")
      closings = next
    }
  }

  /// Payments are what the statements pay, and every one has an id of its own.
  private func checkPayments() throws {
    var ids: Set<String> = []
    for (period, outbox) in finals {
      var paid: [String: Int] = [:]
      for line in try outbox.statementLines() where line["lineType"] == "payment" {
        paid[line["currency"] ?? "", default: 0] += try millionths(line["amount"])
      }
      var registered: [String: Int] = [:]
      for row in try outbox.table("register.csv") {
        let payment = try millionths(row["totalPayment"])
        registered[row["currency"] ?? "", default: 0] += payment
        #expect((row["paymentStatus"] == "In progress") == (payment != 0))
        #expect((row["paymentId"] ?? "").isEmpty == (payment == 0))
        if payment != 0 { #expect(ids.insert(row["paymentId"] ?? "").inserted, "\(row)") }
      }
      #expect(paid.filter { $0.value != 0 } == registered.filter { $0.value != 0 }, "\(period)")
    }
    #expect(!ids.isEmpty)
  }

  /// An accepted earning is on one statement of the year, and of an older feed never more rows are
  /// counted than the period before left open.
  private func checkRows() throws {
    var statements: [String: String] = [:]
    var open: [String: Int] = [:]
    for (period, outbox) in finals {
      let earnings = try outbox.statementLines().filter { $0["lineType"] == "earning" }
      for line in earnings {
        let id = line["earningId"] ?? ""
        #expect(statements.updateValue(period, forKey: id) == nil, "\(id) again in \(period)")
      }
      var counted: [String: Int] = [:]
      var next: [String: Int] = [:]
      var accepted = 0
      for row in try outbox.table("buckets.csv") {
        let feed = (row["period"] ?? "") + " " + (row["feed"] ?? "")
        let rows = Int(row["rows"] ?? "") ?? 0
        counted[feed, default: 0] += rows
        if row["bucket"] == "accepted" { accepted += rows }
        if ["ineligible", "notYetDue"].contains(row["bucket"]) { next[feed, default: 0] += rows }
      }
      for (feed, rows) in counted where !feed.hasPrefix(period) {
        #expect(rows <= open[feed] ?? 0, "\(feed) in \(period)")
      }
      #expect(earnings.count >= accepted, "\(period): rows on no statement")
      open = next
    }
    #expect(!statements.isEmpty)
  }
}
