import Domain
import ExactMoney

/// Reads the `tiers` of a lever.
enum TiersFile {
  private static let path = "levers.tiers"
  private static let steps = path + ".steps"

  static func read(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> Tiers? {
    guard let node = keys.take("tiers", &findings),
      var parts = YAMLReader(node, path: path, &findings)
    else { return nil }
    let mode = parts.requiredValue("mode", expected: "graduated or slab", &findings) {
      TierMode(rawValue: $0)
    }
    let values = parts.requiredList("steps", of: "step, like {rate: 3%}", &findings)
    parts.reportUnknown(&findings)
    guard let values else { return nil }
    var read: [TierStep] = []
    var bound: (amount: ExactAmount, line: Int)?
    for (number, value) in values.enumerated() {
      let isLast = number == values.count - 1
      if let step = readStep(value, isLast: isLast, &bound, &findings) { read.append(step) }
    }
    guard let mode, read.count == values.count else { return nil }
    return Tiers(mode: mode, steps: read)
  }

  /// - Parameter bound: Where the step before ends; then where this one does.
  private static func readStep(
    _ node: YAMLValue, isLast: Bool, _ bound: inout (amount: ExactAmount, line: Int)?,
    _ findings: inout FindingList
  ) -> TierStep? {
    guard var keys = YAMLReader(node, path: steps, &findings) else { return nil }
    let rate = keys.require("rate", &findings).flatMap {
      YAMLReader.rate($0, steps + ".rate", &findings)
    }
    let hasEnd = keys.has("upTo")
    let end = keys.take("upTo", &findings)
    keys.reportUnknown(&findings)
    guard let end else {
      if !hasEnd, !isLast {
        findings.add(
          .X909, at: node.place, field: steps, "only the last step has no upTo",
          remedy: "Give this step an upTo, or move it to the end.")
      }
      return hasEnd ? nil : rate.map { TierStep(upTo: nil, rate: $0) }
    }
    guard let upTo = YAMLReader.amount(end, steps + ".upTo", &findings) else { return nil }
    if isLast {
      findings.add(
        .X909, at: end.place, field: steps + ".upTo", value: upTo.text(decimals: 0),
        "the last step ends, so no rate is given for what is above it",
        remedy: "Remove its upTo, or add a step with a rate alone.")
    }
    checkAscending(upTo, at: end.place, bound, &findings)
    bound = (upTo, end.place.line)
    return rate.map { TierStep(upTo: upTo, rate: $0) }
  }

  private static func checkAscending(
    _ upTo: ExactAmount, at place: Place, _ bound: (amount: ExactAmount, line: Int)?,
    _ findings: inout FindingList
  ) {
    guard upTo <= bound?.amount ?? .zero else { return }
    let shown = upTo.text(decimals: 0)
    findings.add(
      .X909, at: place, field: steps + ".upTo", value: shown,
      bound.map {
        "upTo \(shown) is not above \($0.amount.text(decimals: 0)), where the step in line "
          + "\($0.line) ends"
      } ?? "upTo \(shown) leaves nothing to the first step",
      remedy: "Put the steps into ascending order: each begins where the one before it ends.")
  }
}
