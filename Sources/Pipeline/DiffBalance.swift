import Domain
import ExactMoney

/// One balance as a run wrote it: its row of the register, and what its statement adds.
struct DiffBalance {
  /// Which balance.
  struct Name: Hashable {
    var participantId: String
    var program: String
    var currency: Currency

    static func precedes(_ left: Name, _ right: Name) -> Bool {
      if left.participantId != right.participantId {
        return precedesInBytes(left.participantId, right.participantId)
      }
      if left.program != right.program { return precedesInBytes(left.program, right.program) }
      return left.currency < right.currency
    }
  }

  var name: Name
  var participantName = ""
  var opening: Money
  var earned: Money
  var adjustments: Money
  var salesTax: Money
  var withheldTax: Money
  var payment: Money
  var closing: Money
  var status = ""
  var holds = ""
  /// Nil where the run left the statements out.
  var statement: DiffStatement?

  /// A balance that is not there: all of it is zero.
  init(_ name: Name) {
    self.name = name
    let zero = Money.zero(name.currency)
    (opening, earned, adjustments, salesTax) = (zero, zero, zero, zero)
    (withheldTax, payment, closing) = (zero, zero, zero)
    statement = DiffStatement()
  }

  /// A row of `register.csv`.
  init?(_ table: DiffTable, _ row: [String]) {
    guard let currency = Currency(table.text(row, "currency")) else { return nil }
    func money(_ column: String) -> Money? { table.money(row, column, currency) }
    guard let opening = money("opening"), let earned = money("earned"),
      let adjustments = money("adjustments"), let salesTax = money("salesTax"),
      let withheldTax = money("withheldTax"), let payment = money("totalPayment"),
      let closing = money("closing")
    else { return nil }
    name = Name(
      participantId: table.text(row, "participantId"),
      program: table.text(row, "programName"), currency: currency)
    participantName = table.text(row, "participantName")
    (self.opening, self.earned, self.adjustments) = (opening, earned, adjustments)
    (self.salesTax, self.withheldTax) = (salesTax, withheldTax)
    (self.payment, self.closing) = (payment, closing)
    status = table.text(row, "paymentStatus")
    holds = table.text(row, "holdReasons")
  }
}

/// The lines of a balance that make what was earned.
struct DiffStatement {
  /// What a subtotal adds up.
  struct Key: Hashable {
    var period: String
    var lever: String
    var earningType: String
    var currency: String
  }

  /// A subtotal with its lines.
  struct Group {
    /// What each line earned before the cap, by earningId.
    var lines: [String: ExactAmount] = [:]
    var capped = ExactAmount.zero
    var exchangeRate: ExactRate?
    var amount: Money?
    var coop: Money?
  }

  /// An adjustment as it was posted.
  struct Posted {
    var given: ExactAmount
    var exchangeRate: ExactRate?
    var amount: Money
  }

  private(set) var groups: [Key: Group] = [:]
  /// By id and, for a changed payment currency, by the other currency.
  private(set) var adjustments: [String: Posted] = [:]

  init() {}

  /// Takes a line of a statement.
  ///
  /// - Returns: False if it cannot be read.
  mutating func add(
    _ table: DiffTable, _ row: [String], _ currency: Currency
  ) throws(MoneyError) -> Bool {
    let key = Key(
      period: table.text(row, "period"), lever: table.text(row, "lever"),
      earningType: table.text(row, "earningType"), currency: table.text(row, "earnedCurrency"))
    let earned = table.amount(row, "earnedAmount")
    switch table.text(row, "lineType") {
    case "earning": add(table.text(row, "earningId"), earned, to: key)
    case "capped":
      let id = table.text(row, "earningId")
      var group = groups[key] ?? Group()
      group.lines[id] = try (group.lines[id] ?? .zero).plus(earned ?? .zero)
      group.capped = try group.capped.plus(earned ?? .zero)
      groups[key] = group
    case "subtotal":
      groups[key, default: Group()].exchangeRate = table.rate(row, "exchangeRate")
      groups[key]?.amount = table.money(row, "amount", currency)
      return groups[key]?.amount != nil
    case "coop": return try addCoop(table, row, key, currency)
    case "adjustment":
      guard let given = earned, let amount = table.money(row, "amount", currency) else {
        return false
      }
      let id = table.text(row, "earningId")
      adjustments[id.isEmpty ? "\(table.text(row, "reasonCodes")) \(key.currency)" : id] = Posted(
        given: given, exchangeRate: table.rate(row, "exchangeRate"), amount: amount)
    default: break
    }
    return true
  }

  private mutating func add(_ id: String, _ earned: ExactAmount?, to key: Key) {
    groups[key, default: Group()].lines[id] = earned ?? .zero
  }

  /// Co-op lines name no currency; they come in the order of the subtotals.
  private mutating func addCoop(
    _ table: DiffTable, _ row: [String], _ key: Key, _ currency: Currency
  ) throws(MoneyError) -> Bool {
    guard let coop = table.money(row, "amount", currency) else { return false }
    let candidates = groups.keys.filter {
      $0.period == key.period && $0.lever == key.lever && $0.earningType == key.earningType
    }.sorted { precedesInBytes($0.currency, $1.currency) }
    guard let owner = candidates.first(where: { groups[$0]?.coop == nil }) else { return false }
    groups[owner]?.coop = coop.negated
    return true
  }
}
