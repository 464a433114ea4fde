package import Domain

/// Assesses the rows of batches, fast: per partner and program the answer is worked out once for
/// each stretch of days on which it is the same, and then only looked up.
///
/// ``EligibilityRules`` is its slow, obvious twin, against which it is tested.
package struct EligibilityAssessor: Sendable {
  /// From `from` on these are the reasons, until the next stretch begins.
  private struct Stretch {
    var from: Day
    var reasons: IneligibilityReasons
  }

  private let rules: EligibilityRules
  private let programCount: Int
  /// By partner × programs + program; empty until asked for.
  private var timelines: [[Stretch]]

  package init(registry: Registry, plans: Plans) {
    rules = EligibilityRules(registry: registry, plans: plans)
    programCount = plans.count
    timelines = Array(repeating: [], count: registry.partners.count * plans.count)
  }

  /// Fills the column `reasons` for the rows that are neither rejected nor passed over.
  package mutating func assess(_ batch: inout EarningBatch) {
    for row in 0..<batch.count
    where batch.flags[row].isDisjoint(with: [.rejected, .passedOver]) {
      batch.reasons[row] = reasons(
        partner: Int(batch.partners[row]), program: Int(batch.programs[row]),
        on: batch.days[row])
    }
  }

  /// The same answer as ``EligibilityRules/reasons(partner:program:on:)``.
  package mutating func reasons(
    partner: Int, program: Int, on day: Day
  ) -> IneligibilityReasons {
    let entry = partner * programCount + program
    if timelines[entry].isEmpty {
      timelines[entry] = timeline(partner: partner, program: program)
    }
    let stretches = timelines[entry]
    var low = 0
    var high = stretches.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if stretches[middle].from <= day { low = middle } else { high = middle }
    }
    return stretches[low].reasons
  }

  private func timeline(partner: Int, program: Int) -> [Stretch] {
    let begin = Day(number: Int32.min)
    var days = rules.changes(partner: partner, program: program)
    days.append(Day(number: Int32(-1_000_000)))
    var stretches: [Stretch] = []
    for day in days.sorted() where stretches.last?.from != day {
      let reasons = rules.reasons(partner: partner, program: program, on: day)
      if stretches.last?.reasons == reasons { continue }
      stretches.append(Stretch(from: stretches.isEmpty ? begin : day, reasons: reasons))
    }
    return stretches
  }
}
