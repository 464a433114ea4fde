import Banking
import ByteStreams
import Domain
import ExactMoney
import Glibc
import TestSupport
import Testing

/// Payments and what comes of them in files.
enum Fixture {
  static let sepaIBANs = ["DE89370400440532013000", "FR1420041010050500013M02606"]
  static let routingNumber = "990000026"

  static func payer() throws -> Payer {
    var payer = Payer()
    payer.name = "Contoso Payouts Ltd"
    payer.street = "1 Harbour Row"
    payer.postCode = "D02 XY01"
    payer.town = "Dublin"
    payer.country = "IE"
    payer.iban = "IE29AIBK93115212345678"
    payer.bic = "AIBKIE2DXXX"
    payer.id = "P-1"
    return payer
  }

  /// The payer with an account for files for banks in the United States.
  static func americanPayer() throws -> Payer {
    var payer = try payer()
    var account = PayerAccount(currency: try currency("USD"))
    account.routingNumber = "990000013"
    account.companyId = "1990000001"
    account.bankName = "First Sample Bank"
    payer.accounts = [account]
    return payer
  }

  static func order(
    _ id: String, _ amount: String, _ code: String = "EUR", iban: String = sepaIBANs[0],
    date: String = "2026-11-16"
  ) throws -> PaymentOrder {
    var partner = Partner(
      participantId: "A", name: "Alpha GmbH", role: .directBill, country: "DE")
    partner.street = "Ring 5"
    partner.postCode = "20095"
    partner.town = "Hamburg"
    var order = PaymentOrder(
      paymentId: id, partner: partner, program: "Program", method: .bankTransfer,
      amount: try money(amount, code), documentNumber: "2026-10-A", executionDate: try day(date))
    order.iban = iban
    order.bic = "COBADEFFXXX"
    return order
  }

  static func sort(_ orders: [PaymentOrder], _ payer: Payer? = nil) throws -> SortedPayments {
    var sorter = PaymentSorter(payer: try payer ?? self.payer(), findingsMax: 100)
    for order in orders { sorter.add(order) }
    return sorter.finish()
  }

  /// The files that are written of some payments, by name.
  static func files(
    _ orders: [PaymentOrder], _ payer: Payer? = nil, asOf: String = "2026-10-31"
  ) throws -> (files: [String: String], manifest: PaymentManifest) {
    let payer = try payer ?? self.payer()
    let place = "\(P_tmpdir)/payout-banking-\(getpid())-\(UInt64.random(in: .min ... .max))"
    try FileSystem.createDirectory(place)
    defer { try? FileSystem.removeDirectory(place) }
    let directory = try StagedDirectory(final: place + "/2026-10")
    var writer = PaymentDirectory(
      try sort(orders, payer), payer: payer, period: try period("2026-10"), asOf: try day(asOf),
      run: SHA256Digest.of([1]))
    let (manifest, _) = try writer.write(to: directory, findings: [])
    var files: [String: String] = [:]
    for output in directory.outputs {
      let bytes = try FileSystem.readFile(directory.staging + "/" + output.path)
      files[output.path] = String(decoding: bytes, as: UTF8.self)
    }
    return (files, manifest)
  }

  /// The texts of all elements of a name.
  static func texts(_ name: String, _ xml: String) -> [String] {
    xml.split(separator: "\n").compactMap { line in
      guard let opened = line.firstRange(of: "<\(name)"),
        let closed = line.firstRange(of: "</\(name)>")
      else { return nil }
      let rest = line[opened.upperBound..<closed.lowerBound]
      return rest.firstIndex(of: ">").map { String(rest[rest.index(after: $0)...]) }
    }
  }
}
