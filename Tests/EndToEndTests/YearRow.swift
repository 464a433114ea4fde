/// A row of a feed of a scripted year.
struct YearRow: Equatable {
  var id: String
  var partner: String
  var program: String
  var date: String
  var amount: Int128
  var currency: String
  /// Empty for the default one.
  var lever = ""
  /// `earningAmount`.
  var given: Int128?
  /// `relatedEarningId`.
  var related = ""
  /// Is carried along, and part of the content.
  var customer = ""

  init(
    _ id: String, _ partner: String, _ program: String, _ date: String, _ amount: Int128,
    _ currency: String, lever: String = "", given: Int128? = nil, related: String = ""
  ) {
    (self.id, self.partner, self.program, self.date) = (id, partner, program, date)
    (self.amount, self.currency, self.lever) = (amount * YearMoney.one, currency, lever)
    self.given = given.map { $0 * YearMoney.one }
    self.related = related
  }

  /// Rows as a feed.
  ///
  /// - Parameter spelling: 0 is plain; 1 has columns and numbers spelt another way.
  static func csv(_ rows: [YearRow], spelling: Int = 0) -> String {
    let names = [
      "earningId", "participantId", "programName", "transactionDate", "transactionAmount",
      "transactionCurrency", "lever", "earningAmount", "relatedEarningId", "customerName",
    ]
    var lines = [spelling == 0 ? names : names.reversed()]
    for row in rows {
      let plain = YearMoney.text(row.amount)
      let amount = spelling == 0 || row.amount < 0 ? plain : "+0" + plain
      let values = [
        row.id, row.partner, row.program, row.date, amount, row.currency, row.lever,
        row.given.map { YearMoney.text($0) } ?? "", row.related, row.customer,
      ]
      lines.append(spelling == 0 ? values : values.reversed())
    }
    let end = spelling == 0 ? "\n" : "\r\n"
    return lines.map { $0.joined(separator: ",") + end }.joined()
  }
}
