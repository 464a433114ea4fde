package import Domain

/// Assesses the rows of batches, fast: per partner and program the answer is worked out once for
/// each stretch of days on which it is the same, and then only looked up.
///
/// What was worked out is kept for everybody who asks, so a run has one of these.
/// ``EligibilityRules`` is its slow, obvious twin, against which it is tested.
package final class EligibilityAssessor {
  /// From `from` on these are the reasons, until the next stretch begins.
  private struct Stretch {
    var from: Day
    var reasons: IneligibilityReasons
  }

  private let rules: EligibilityRules
  private let programCount: Int
  /// Where the stretches of one partner and program are.
  private struct Timeline {
    var first: UInt32 = 0
    /// 0 until they are asked for.
    var count: UInt32 = 0
  }

  /// By partner × programs + program.
  private var timelines: [Timeline]
  /// Of all timelines, in the order in which they were asked for.
  private var stretches: [Stretch] = []

  package init(registry: Registry, plans: Plans) {
    rules = EligibilityRules(registry: registry, plans: plans)
    programCount = plans.count
    timelines = Array(repeating: Timeline(), count: registry.partners.count * plans.count)
  }

  /// Fills the column `reasons` for the rows that are neither rejected nor passed over.
  package func assess(_ batch: inout EarningBatch) {
    for row in 0..<batch.count
    where batch.flags[row].isDisjoint(with: [.rejected, .passedOver]) {
      batch.reasons[row] = reasons(
        partner: Int(batch.partners[row]), program: Int(batch.programs[row]),
        on: batch.days[row])
    }
  }

  /// The same answer as ``EligibilityRules/reasons(partner:program:on:)``.
  package func reasons(
    partner: Int, program: Int, on day: Day
  ) -> IneligibilityReasons {
    let entry = partner * programCount + program
    if timelines[entry].count == 0 { work(out: entry, partner: partner, program: program) }
    let timeline = timelines[entry]
    var low = Int(timeline.first)
    var high = low + Int(timeline.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if stretches[middle].from <= day { low = middle } else { high = middle }
    }
    return stretches[low].reasons
  }

  private func work(out entry: Int, partner: Int, program: Int) {
    let own = timeline(partner: partner, program: program)
    timelines[entry] = Timeline(first: UInt32(stretches.count), count: UInt32(own.count))
    stretches += own
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
