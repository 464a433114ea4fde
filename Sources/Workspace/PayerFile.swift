import Domain
import ExactMoney

/// Reads the `payer` of `payout.yaml`. Bank details are shown in no finding.
enum PayerFile {
  static func read(
    _ value: YAMLValue, _ payer: inout Payer, _ findings: inout FindingList
  ) {
    guard var keys = YAMLReader(value, path: "payer", &findings) else { return }
    payer.name = keys.text("name", &findings) ?? ""
    payer.street = keys.text("street", &findings) ?? ""
    payer.postCode = keys.text("postCode", &findings) ?? ""
    payer.town = keys.text("town", &findings) ?? ""
    payer.country = keys.text("country", &findings) ?? ""
    payer.iban = keys.text("iban", &findings) ?? ""
    payer.bic = keys.text("bic", &findings) ?? ""
    payer.id = keys.text("id", &findings) ?? ""
    for node in keys.list("accounts", &findings) ?? [] {
      if let account = readAccount(node, payer.accounts, &findings) {
        payer.accounts.append(account)
      }
    }
    keys.reportUnknown(&findings)
    if !payer.country.isEmpty, Countries.code(payer.country) == nil {
      findings.add(
        .X905, at: keys.any("country")?.place, field: "payer.country", value: payer.country,
        "payer.country: expected a country code of ISO 3166",
        remedy: "Write two capital letters, like IE.")
    }
  }

  private static func readAccount(
    _ node: YAMLValue, _ others: [PayerAccount], _ findings: inout FindingList
  ) -> PayerAccount? {
    guard var keys = YAMLReader(node, path: "payer.accounts", &findings) else { return nil }
    let before = findings.count
    let currency = keys.require("currency", &findings).flatMap {
      YAMLReader.currency($0, "payer.accounts.currency", &findings)
    }
    var account = PayerAccount(currency: currency ?? Currency(at: 0))
    account.iban = checked("iban", &keys, expected: "an IBAN with right check digits", &findings) {
      IBAN.hasValidCheckDigits($0)
    }
    account.routingNumber = checked(
      "routingNumber", &keys, expected: "nine digits with a right check digit", &findings
    ) { RoutingNumber.isValid($0) }
    account.companyId = checked(
      "companyId", &keys, expected: "at most ten capital letters and digits", &findings
    ) { isCompanyId($0) }
    account.accountNumber = checked(
      "accountNumber", &keys, expected: "at most 34 letters and digits", &findings
    ) { isAccountNumber($0) }
    account.bic = keys.text("bic", &findings) ?? ""
    account.bankName = keys.text("bankName", &findings) ?? ""
    keys.reportUnknown(&findings)
    guard findings.count == before, let currency else { return nil }
    checkKind(account, currency, node.place, others, &findings)
    return findings.count == before ? account : nil
  }

  /// An account is for one kind of files, and there is one of a kind for a currency.
  private static func checkKind(
    _ account: PayerAccount, _ currency: Currency, _ place: Place, _ others: [PayerAccount],
    _ findings: inout FindingList
  ) {
    let isACH = !account.routingNumber.isEmpty
    if isACH == !account.iban.isEmpty {
      findings.add(
        .X904, at: place, field: "payer.accounts",
        "an account of payer.accounts needs either an iban or a routingNumber",
        remedy: "Write the iban, or for files for banks in the United States the routingNumber.")
    } else if !isACH, !account.accountNumber.isEmpty {
      findings.add(
        .X905, at: place, field: "payer.accounts",
        "an account with an iban has no accountNumber beside it",
        remedy: "Leave the accountNumber out.")
    } else if isACH, currency.code != "USD" || account.companyId.isEmpty {
      findings.add(
        .X905, at: place, field: "payer.accounts",
        "an account with a routingNumber is one in USD and has a companyId",
        remedy: "Write currency: USD, and as companyId what the bank has given you for such files.")
    } else if others.contains(where: {
      $0.currency == currency && $0.routingNumber.isEmpty != isACH
    }) {
      findings.add(
        .X906, at: place, field: "payer.accounts", value: currency.code,
        "another account of payer.accounts pays \(currency.code) already",
        remedy: "Keep the one from which \(currency.code) is paid.")
    }
  }

  private static func checked(
    _ key: String, _ keys: inout YAMLReader, expected: String, _ findings: inout FindingList,
    _ isRight: (String) -> Bool
  ) -> String {
    guard let node = keys.take(key, &findings),
      let text = YAMLReader.text(node, keys.name(key), &findings)
    else { return "" }
    if isRight(text) { return text }
    findings.add(
      .X905, at: node.place, field: keys.name(key), "\(keys.name(key)): expected \(expected)",
      remedy: "Write \(expected).")
    return ""
  }

  private static func isAccountNumber(_ text: String) -> Bool {
    (1...34).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
      }
  }

  private static func isCompanyId(_ text: String) -> Bool {
    (1...10).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
  }
}
