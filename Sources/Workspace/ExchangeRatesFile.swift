import Domain
import ExactMoney

/// Reads `exchange-rates.csv`.
enum ExchangeRatesFile {
  static let path = "exchange-rates.csv"
  private static let columns: [TableColumn] = [
    .required("period"), .required("from"), .required("to"), .required("rate"), .init("source"),
  ]

  static func read(_ bytes: [UInt8], _ findings: inout [Finding]) -> ExchangeRates {
    var table = TableReader(bytes, file: path, columns: columns)
    var entries: [ExchangeRates.Key: ExchangeRates.Entry] = [:]
    var lines: [ExchangeRates.Key: Int] = [:]
    table.forEachRow { row in
      let period = row.period(0)
      let from = row.currency(1)
      let to = row.currency(2)
      let rate = row.value(3, expected: "a decimal above 0 with at most 12 decimals") { text in
        text.hasSuffix("%") ? nil : ExactRate(text).flatMap { $0 > .zero ? $0 : nil }
      }
      if let from, from == to {
        row.report(
          .X905, 2, "from and to are the same currency, \(from.code)",
          remedy: "Correct one of the two, or remove the row: a currency in itself needs no rate.")
        return
      }
      guard let period, let from, let to, let rate else { return }
      let key = ExchangeRates.Key(period: period, from: from, to: to)
      if let line = lines[key] {
        row.report(
          .X906, 0, "line \(line) has a rate for the same period, from and to",
          remedy: "Keep the rate that counts and remove the other row.")
      } else {
        lines[key] = row.line
        entries[key] = ExchangeRates.Entry(rate: rate, source: row.raw(4))
      }
    }
    findings += table.findings.finished()
    return ExchangeRates(entries)
  }
}
