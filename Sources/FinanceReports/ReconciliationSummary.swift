import Domain
import ExactMoney
import Workbook

/// Writes the first sheet of the workbook: totals and check sums as formulas over the tables.
///
/// A spreadsheet reckons in binary floating point, so each formula takes minor units, which are whole
/// numbers, and adds those, which is exact as long as they have at most 15 digits. A currency with
/// more has the program's sums in place of formulas.
struct ReconciliationSummary {
  static let exactMax: UInt128 = 1_000_000_000_000_000

  let book: ReconciliationWorkbook
  let facts: PeriodFacts
  let sums: RegisterSums
  var sheet: WorkbookSheet { book.summary }

  init(book: ReconciliationWorkbook, facts: PeriodFacts, sums: RegisterSums) {
    self.book = book
    self.facts = facts
    self.sums = sums
  }

  func write() throws {
    sheet.setWidth(0, 52)
    for column in 1...11 { sheet.setWidth(column, 16) }
    writeHead()
    writeTotals()
    try writeBalanceChecks()
    writeRowChecks()
    writeBankChecks()
    writeNotes()
  }

  private func writeHead() {
    row { sheet.putTitle("Reconciliation of \(facts.period.text)") }
    row { sheet.put(facts.payer) }
    row { sheet.put("State: \(facts.isDraft ? "draft" : "final"); as of \(facts.asOf.text)") }
    row {}
  }

  func row(_ body: () throws -> Void) rethrows {
    guard sheet.beginRow() else { return }
    try body()
  }

  // MARK: Totals

  private func writeTotals() {
    row {
      sheet.putHeader("Totals of the register")
      for name in Settlement.amountNames { sheet.putHeader(name) }
    }
    for (currency, sum) in sums.all {
      row {
        sheet.put(currency.code)
        for (name, money) in zip(Settlement.amountNames, sum.amounts) {
          putSum(total(book.register, name, currency), money, sum)
        }
      }
    }
    row {}
  }

  private func putSum(_ formula: String, _ money: Money, _ sum: RegisterSums.Sum) {
    if isExact(sum) { sheet.putSum(formula, result: money) } else { sheet.put(money.text) }
  }

  /// Whether a spreadsheet can add the amounts of a currency exactly.
  private func isExact(_ sum: RegisterSums.Sum) -> Bool {
    sum.magnitude < Self.exactMax && book.register.leftOut == 0
  }

  /// The sum of a column over the rows of a currency.
  func total(
    _ sheet: WorkbookSheet, _ column: String, _ currency: Currency, where extra: String = ""
  ) -> String {
    let amounts = sheet.range(of: column)
    let unit = (0..<currency.minorDigits).reduce(1) { power, _ in power * 10 }
    let isOwn = "(\(sheet.range(of: "currency"))=\"\(currency.code)\")"
    return "SUM(IF(\(isOwn)*ISNUMBER(\(amounts))\(extra),ROUND(\(amounts)*\(unit),0),0))/\(unit)"
  }

  // MARK: Checks

  private func writeBalanceChecks() throws {
    row {
      sheet.putHeader("Checks of the register: each must show 0")
      for (currency, _) in sums.all { sheet.putHeader(currency.code) }
    }
    for (text, added, taken) in RegisterSums.equations {
      try check(text) { currency, sum in
        let plus = added.map { total(book.register, $0, currency) }.joined(separator: "+")
        let minus = taken.map { "-" + total(book.register, $0, currency) }.joined()
        return (
          plus + minus, try RegisterSums.difference(sum, added: added, taken: taken)
        )
      }
    }
    try check("payments − totalPayment of the register") { currency, sum in
      (
        "\(total(book.payments, "totalPayment", currency))"
          + "-\(total(book.register, "totalPayment", currency))", .zero(currency)
      )
    }
    try check("holds − closing of the register where the status is On hold") { currency, sum in
      let isHeld = "*(\(book.register.range(of: "paymentStatus"))=\"On hold\")"
      return (
        "\(total(book.holds, "closing", currency))"
          + "-\(total(book.register, "closing", currency, where: isHeld))", .zero(currency)
      )
    }
    row {}
  }

  /// A row with one formula for each currency, which is rounded once more: the difference of two
  /// decimals is none.
  private func check(
    _ text: String, _ formula: (Currency, RegisterSums.Sum) throws -> (String, Money)
  ) throws {
    try row {
      sheet.put(text)
      for (currency, sum) in sums.all {
        let (sums, result) = try formula(currency, sum)
        if isExact(sum) {
          sheet.putSum("ROUND(\(sums),\(currency.minorDigits))", result: result)
        } else {
          sheet.put("\(result.text), see below")
        }
      }
    }
  }

  /// Counts of rows, over all currencies.
  private func writeRowChecks() {
    row {
      sheet.putHeader("Checks of rows: each must show 0")
      sheet.putHeader("rows")
    }
    let own = facts.feeds.filter { $0.number != nil }.reduce(0) { $0 + $1.rows }
    let isOwn = "(\(book.buckets.range(of: "period"))=\"\(facts.period.text)\")"
    let rows = book.buckets.range(of: "rows")
    let isRejected = "(\(book.buckets.range(of: "bucket"))=\"\(Bucket.rejected.name)\")"
    row {
      sheet.put("rows in buckets − rows of the feeds (\(own))")
      sheet.putSum("SUM(IF(\(isOwn),\(rows),0))-\(own)", result: book.bucketRows.all - own)
    }
    row {
      sheet.put("rows listed in rejects − rows in the bucket rejected")
      sheet.putSum(
        "SUM(\(book.rejects.range(of: "rows")))-SUM(IF(\(isOwn)*\(isRejected),\(rows),0))",
        result: book.rejectedRows - book.bucketRows.rejected)
    }
    row {}
  }

  // MARK: What is to be said

  private func writeNotes() {
    for table in book.tables {
      if table.leftOut > 0 {
        note(
          "\(table.name): \(table.leftOut) rows do not fit into a sheet and are left out;"
            + " the sums are those of all rows, without formulas. The CSV has them all.")
      }
      if table.textAmounts > 0 {
        note(
          "\(table.name): \(table.textAmounts) amounts have more than 15 digits, which a"
            + " spreadsheet cannot keep; they stand as texts, and no formula counts them.")
      }
    }
    for (currency, sum) in sums.all where sum.magnitude >= Self.exactMax {
      note(
        "\(currency.code): the amounts are too large for exact sums of a spreadsheet; those here"
          + " are the program's, which proved them before the period was written.")
    }
    for (currency, _) in facts.bank?.lines ?? []
    where facts.bank?.magnitude(currency) ?? 0 >= Self.exactMax {
      note(
        "\(currency.code): the payments at the bank are too large for exact sums of a spreadsheet;"
          + " what is left of them is the program's.")
    }
    let unlisted = facts.feeds.reduce(0) { $0 + $1.findings.leftOut }
    if unlisted > 0 {
      note(
        "\(unlisted) findings are past limits.findings: they are counted, not listed in rejects.")
    }
  }

  private func note(_ text: String) {
    row { sheet.put(text) }
  }
}
