import ByteStreams
import Domain
import ExactMoney
import Ledger

/// Whether the register is what the ledger posted, and goes on from the period before.
extension VerifyOutbox {
  /// What the ledger posted and issued is what the register says, balance by balance.
  func checkLedger(_ report: inout VerifyReport) throws {
    guard close != nil, let ledger, let register else { return }
    let path = directory + "/register.csv"
    let settlements = try ledger.settlements(period)
    for posted in settlements {
      let name = posted.balance
      guard
        let row = register.row(
          participantId: name.participantId, program: name.program, currency: name.currency.code)
      else {
        report.add(.register, path, "\(name) was posted and is not in the register", remedy)
        continue
      }
      let different = posted.registerAmounts.filter { row.amount($0.name) != $0.millionths }
      for (amount, _) in different {
        report.add(
          .register, "\(path):\(row.line)", "\(amount) is not what the ledger posted", remedy)
      }
      if posted.payment?.paymentId ?? "" != row.paymentId {
        report.add(
          .payments, "\(path):\(row.line)", "the ledger issued another payment", remedy)
      }
    }
    if settlements.count != register.rows.count {
      report.add(
        .register, path,
        "it has \(register.rows.count) balances, the ledger posted"
          + " \(settlements.count)", remedy)
    }
  }

  /// The openings are the closings of the period before, balance by balance.
  func checkOpenings(_ report: inout VerifyReport) throws {
    let before = Period(number: period.number - 1)
    guard let register, let bytes = try read(paths.outbox(before) + "/register.csv"),
      let earlier = try? VerifyRegister(bytes, period: before.text)
    else { return }
    let path = directory + "/register.csv"
    for key in Set(register.rows.keys).union(earlier.rows.keys) {
      let (old, new) = (earlier.rows[key], register.rows[key])
      let pairs = [("closing", "opening"), ("coopClosing", "coopOpening")]
      for (closing, opening) in pairs
      where old?.amount(closing) ?? 0 != new?.amount(opening) ?? 0 {
        report.add(
          .openings, new.map { "\(path):\($0.line)" } ?? path,
          "\(opening) is \(VerifyAmount.text(new?.amount(opening) ?? 0)), \(closing) of"
            + " \(before.text) was \(VerifyAmount.text(old?.amount(closing) ?? 0)):"
            + " \(VerifyOutbox.shown(key))", remedy)
      }
    }
    report.count(.openings, register.rows.count, period: period)
  }

  private static func shown(_ key: [UInt8]) -> String {
    key.split(separator: 0, omittingEmptySubsequences: false)
      .map { SafeText.shown(String(decoding: $0, as: UTF8.self)) }.joined(separator: ", ")
  }
}

extension LedgerSettlement {
  /// The amounts that the register has, in millionths.
  fileprivate var registerAmounts: [(name: String, millionths: Int128)] {
    let amounts = [
      opening, earned, adjustments, gross, salesTax, withheldTax, totalPayment, closing,
      coopOpening, coop, coopClosing,
    ]
    return zip(VerifyRegister.amounts, amounts).map { name, money in
      let scale = (money.currency.minorDigits..<VerifyAmount.places).reduce(Int128(1)) { power, _ in
        power * 10
      }
      return (name, money.minorUnits * scale)
    }
  }
}
