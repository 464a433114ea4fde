/// `register.csv` as `verify` reads it. All amounts are in millionths.
struct VerifyRegister {
  /// A balance.
  struct Row {
    /// In the order of ``VerifyRegister/amounts``.
    var amounts: [Int128]
    var currency: String
    var status: String
    var holds: String
    var paymentId: String
    /// Of the file, counted in records.
    var line: Int

    /// The hold reasons.
    var codes: [String] { holds.split(separator: " ").map(String.init) }

    func amount(_ name: String) -> Int128 {
      VerifyRegister.amounts.firstIndex(of: name).map { amounts[$0] } ?? 0
    }
  }

  static let amounts = [
    "opening", "earned", "adjustments", "gross", "salesTax", "withheldTax", "totalPayment",
    "closing", "coopOpening", "coop", "coopClosing",
  ]
  static let columns =
    ["period", "participantId", "participantName", "programName", "currency"] + amounts
    + ["paymentStatus", "holdReasons", "paymentMethod", "paymentId"]
  static let firstAmount = 5

  /// By participant, program and currency, as they stand in the file.
  private(set) var rows: [[UInt8]: Row] = [:]
  /// What does not hold, by line.
  private(set) var faults: [(line: Int, what: String)] = []

  /// - Throws: ``VerifyTable/Fault``.
  init(_ bytes: [UInt8], period: String) throws(VerifyTable.Fault) {
    var table = try VerifyTable(bytes, columns: VerifyRegister.columns)
    while let record = try table.next() {
      let amounts = VerifyRegister.amounts.indices.map {
        VerifyAmount.millionths(record.raw(VerifyRegister.firstAmount + $0))
      }
      guard !amounts.contains(nil) else {
        throw VerifyTable.Fault(record: record.number, reason: "an amount is no decimal")
      }
      let row = Row(
        amounts: amounts.compactMap { $0 }, currency: record.text(4), status: record.text(16),
        holds: record.text(17), paymentId: record.text(19), line: record.number)
      check(row)
      if record.text(0) != period { faults.append((row.line, "it is of another period")) }
      if rows.updateValue(row, forKey: record.key([1, 3, 4])) != nil {
        faults.append((row.line, "the balance stands twice"))
      }
    }
  }

  private mutating func check(_ row: Row) {
    func require(_ holds: Bool, _ equation: String) {
      if !holds { faults.append((row.line, "does not hold: \(equation)")) }
    }
    require(
      row.amount("opening") + row.amount("earned") + row.amount("adjustments")
        - row.amount("gross") == row.amount("closing"),
      "opening + earned + adjustments - gross = closing")
    require(
      row.amount("coopOpening") + row.amount("coop") == row.amount("coopClosing"),
      "coopOpening + coop = coopClosing")
    require(
      row.amount("gross") + row.amount("salesTax") - row.amount("withheldTax")
        == row.amount("totalPayment"), "gross + salesTax - withheldTax = totalPayment")
    require(row.amount("totalPayment") >= 0, "a payment is never negative")
    require(
      row.paymentId.isEmpty == (row.amount("totalPayment") == 0), "a paymentId for each payment")
    require(row.holds.isEmpty || row.amount("gross") == 0, "nothing is paid of what is held")
  }

  /// The row of a balance by its plain names.
  func row(participantId: String, program: String, currency: String) -> Row? {
    VerifyRegister.key(
      participantId: participantId, program: program, currency: currency, in: rows
    ).flatMap { rows[$0] }
  }

  /// The key of a balance among these, by its plain names: what looks like a formula has a quote in
  /// front.
  static func key<Balance>(
    participantId: String, program: String, currency: String, in rows: [[UInt8]: Balance]
  ) -> [UInt8]? {
    for id in [participantId, "'" + participantId] {
      for program in [program, "'" + program] {
        let parts = [id, program, currency].map { Array(VerifyRegister.quoted($0).utf8) }
        let key = Array(parts.joined(separator: [0]))
        if rows[key] != nil { return key }
      }
    }
    return nil
  }

  /// The text as it stands between quotes.
  private static func quoted(_ text: String) -> String {
    text.replacing("\"", with: "\"\"")
  }

  /// What is paid, by currency; currencies without payments are left out.
  var paid: [String: Int128] {
    var sums: [String: Int128] = [:]
    for row in rows.values where row.amount("totalPayment") != 0 {
      sums[row.currency, default: 0] += row.amount("totalPayment")
    }
    return sums
  }
}
