import Domain
import ExactMoney

/// Reads `exchange-rates.csv`.
enum ExchangeRatesFile {
  static func read(_ bytes: [UInt8], _ findings: inout [Finding]) -> ExchangeRates {
    var table = TableReader(
      bytes, file: "exchange-rates.csv",
      columns: [
        .init("period", required: true), .init("from", required: true),
        .init("to", required: true), .init("rate", required: true), .init("source"),
      ])
    var entries: [ExchangeRates.Key: ExchangeRates.Entry] = [:]
    table.forEachRow { row in
      let period = row.value(0, expected: "a month like 2026-10") { Period($0) }
      let from = row.currency(1)
      let to = row.currency(2)
      let rate = row.value(3, expected: "a decimal above 0 with at most 12 decimals") { text in
        text.hasSuffix("%") ? nil : ExactRate(text).flatMap { $0 > .zero ? $0 : nil }
      }
      guard let period, let from, let to, let rate else { return }
      if from == to {
        row.report(.X905, 2, "from and to are the same currency, whose rate is 1")
        return
      }
      let key = ExchangeRates.Key(period: period, from: from, to: to)
      if entries[key] != nil {
        row.report(.X906, 0, "a second rate for the same period and pair of currencies")
      }
      entries[key] = ExchangeRates.Entry(rate: rate, source: row.raw(4))
    }
    findings += table.findings.findings
    return ExchangeRates(entries)
  }
}
