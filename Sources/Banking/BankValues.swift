import Domain
import ExactMoney

/// Reads what stands in elements of bank files; what cannot be read refuses the file.
struct BankValues {
  let file: String

  /// An amount with its currency; banks pad it with zeros, and may write it without decimals.
  func money(_ element: BankElement) throws(BankRefusal) -> Money {
    let code = element.attributes["Ccy"] ?? ""
    guard let currency = Currency(code) else {
      throw BankRefusal(
        .B624, file, element.place, field: "Ccy", value: code,
        "\(element.name) has no currency of ISO 4217")
    }
    return try money(element.text, currency, element)
  }

  /// An amount whose currency stands elsewhere.
  func money(
    _ text: String, _ currency: Currency, _ element: BankElement
  ) throws(BankRefusal) -> Money {
    guard let amount = ExactAmount(unpadded(text.trimmed)), !amount.isNegative,
      let money = amount.exactMoney(currency)
    else {
      throw BankRefusal(
        .B624, file, element.place, field: element.name, value: text,
        "\(element.name) is no amount of \(currency.code)")
    }
    return money
  }

  /// A sum, of which only the number counts.
  func number(_ text: String, _ element: BankElement) throws(BankRefusal) -> ExactAmount {
    guard let amount = ExactAmount(unpadded(text.trimmed)) else {
      throw BankRefusal(
        .B624, file, element.place, value: text, "a sum of \(element.name) is no decimal")
    }
    return amount
  }

  func count(_ text: String, _ element: BankElement) throws(BankRefusal) -> Int {
    guard let count = Int(text), count >= 0 else {
      throw BankRefusal(
        .B624, file, element.place, value: text, "a number of \(element.name) is none")
    }
    return count
  }

  func direction(_ element: BankElement) throws(BankRefusal) -> BankBooking.Direction {
    switch element.value("CdtDbtInd") {
    case "CRDT": return .credit
    case "DBIT": return .debit
    case let other:
      throw BankRefusal(
        .B624, file, element.place, field: "CdtDbtInd", value: other,
        "\(element.name) does not say whether it is a credit (CRDT) or a debit (DBIT)")
    }
  }

  /// The date of a `Dt` or `DtTm`, as the bank has it where it is.
  func day(_ element: BankElement?) -> Day? {
    let text = element?.value(of: [["Dt"], ["DtTm"]]) ?? ""
    return DayText.plainDay(String(text.prefix(10)))
  }

  private func unpadded(_ text: String) -> String {
    let digits = text.drop { $0 == "0" }
    return digits.first?.isNumber == true ? String(digits) : "0" + digits
  }
}
