import CSV
package import Domain
import ExactMoney

/// Writes `register.csv`: one row per partner, program and currency.
package struct RegisterCSV {
  private let registry: Registry
  private let plans: Plans
  private let periodText: String
  private var csv = CSVWriter()
  private var amount: [UInt8] = []

  package init(registry: Registry, plans: Plans, period: Period) {
    self.registry = registry
    self.plans = plans
    periodText = period.text
    csv.header(
      ["period", "participantId", "participantName", "programName", "currency"]
        + Settlement.amountNames
        + ["paymentStatus", "holdReasons", "paymentMethod", "paymentId"])
  }

  /// Adds a balance; they come by partner, program and currency.
  package mutating func add(_ settlement: Settlement) {
    let partner = registry.partners[settlement.partner]
    csv.plain(periodText)
    csv.text(partner.participantId)
    csv.text(partner.name)
    csv.text(plans[settlement.program].program)
    csv.plain(settlement.currency.code)
    for money in settlement.amounts {
      amount.removeAll(keepingCapacity: true)
      AmountText.append(money, to: &amount)
      csv.plain(amount)
    }
    csv.plain(settlement.status.rawValue)
    csv.plain(settlement.holds.codes.map(\.rawValue).joined(separator: " "))
    csv.plain(settlement.paymentMethod?.rawValue ?? "")
    csv.plain(settlement.paymentId)
    csv.endRecord()
  }

  /// What was written; whoever takes it away empties it.
  package var bytes: [UInt8] {
    get { csv.bytes }
    _modify { yield &csv.bytes }
  }
}
