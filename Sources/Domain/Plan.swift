package import ExactMoney

/// A condition on the partner itself.
package struct PartnerCondition: Hashable, Sendable {
  package var role: PartnerRole?
  package var country: String?

  package init(role: PartnerRole? = nil, country: String? = nil) {
    self.role = role
    self.country = country
  }

  package func matches(_ partner: Partner) -> Bool {
    (role == nil || role == partner.role) && (country == nil || country == partner.country)
  }
}

/// What a partner has to have to earn in a program: `all` is and, `any` is or.
package indirect enum EligibilityTree: Hashable, Sendable {
  case all([EligibilityTree])
  case any([EligibilityTree])
  case agreement(String, when: PartnerCondition?)
  case competency(String, level: CompetencyLevel, when: PartnerCondition?)
  case enrollment(when: PartnerCondition?)
}

/// One field of a feed row that must have one value, compared exactly.
package struct WhereClause: Hashable, Sendable {
  package var field: EarningField
  package var value: String

  package init(field: EarningField, value: String) {
    self.field = field
    self.value = value
  }
}

/// One line of a lever's `rates`.
package struct RateEntry: Hashable, Sendable {
  package var rate: ExactRate
  /// Transaction dates, both inclusive; nil = open.
  package var from: Day?
  package var to: Day?
  package var conditions: [WhereClause]

  package init(
    rate: ExactRate, from: Day? = nil, to: Day? = nil, conditions: [WhereClause] = []
  ) {
    self.rate = rate
    self.from = from
    self.to = to
    self.conditions = conditions
  }

  package func covers(_ day: Day) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
  }
}

/// One step of a lever's tiers.
package struct TierStep: Hashable, Sendable {
  /// Inclusive, in the plan currency; nil only in the last step.
  package var upTo: ExactAmount?
  package var rate: ExactRate

  package init(upTo: ExactAmount?, rate: ExactRate) {
    self.upTo = upTo
    self.rate = rate
  }
}

/// How tiers apply to a basis.
package enum TierMode: String, CaseIterable, Hashable, Sendable {
  /// Each slice of the basis earns at its own step's rate.
  case graduated
  /// The whole basis earns at the rate of the step it falls in.
  case slab
}

/// The tiers of a lever; steps ascend and the last is open.
package struct Tiers: Hashable, Sendable {
  package var mode: TierMode
  package var steps: [TierStep]

  package init(mode: TierMode, steps: [TierStep]) {
    self.mode = mode
    self.steps = steps
  }
}

/// How a lever makes an earning of a transaction.
package enum LeverRule: Hashable, Sendable {
  case rates([RateEntry])
  case tiers(Tiers)
  /// The feed brings the amount, or the rate.
  case given
}

/// The rule inside a program that produces an earning.
package struct Lever: Hashable, Sendable {
  package var name: String
  package var earningType: EarningType
  package var rule: LeverRule
  /// Per partner and period, in the plan currency.
  package var cap: ExactAmount?

  package init(name: String, earningType: EarningType, rule: LeverRule, cap: ExactAmount? = nil) {
    self.name = name
    self.earningType = earningType
    self.rule = rule
    self.cap = cap
  }
}

/// How earnings of type Rebate are divided; the two add up to 100%.
package struct Split: Hashable, Sendable {
  package var rebate: ExactRate
  package var coop: ExactRate

  package init(rebate: ExactRate, coop: ExactRate) {
    self.rebate = rebate
    self.coop = coop
  }
}

/// The rules of one program.
package struct Plan: Sendable {
  package var program: String
  package var aliases: [String]
  /// The currency of caps, tiers and the threshold.
  package var currency: Currency
  package var eligibility: EligibilityTree
  /// Index in ``levers``.
  package var defaultLever: Int?
  /// Sorted by the bytes of their names.
  package var levers: [Lever]
  package var leverNames: NameIndex
  /// Other spellings of earning types, by their folded spelling (``EarningType/fold(_:)``).
  package var earningTypes: [[UInt8]: EarningType]
  /// How many days after the transaction date an ineligible earning is assessed again.
  package var disputeDays: Int
  package var split: Split?
  package var thresholds: [Currency: ExactAmount]
  /// How far a feed's own earningAmount may be off; at least one minor unit counts.
  package var tolerance: ExactAmount
  /// How many earnings of a balance a statement shows line by line; its CSV has all of them.
  package var statementLines: Int
  package var payment: PlanPayment
  /// The file that a remedy names, `plans/csp.yaml`.
  package var file: String

  /// What fits on a page or two.
  package static let statementLinesDefault = 40

  /// - Precondition: `levers` is sorted by the bytes of the names.
  package init(
    program: String, aliases: [String] = [], currency: Currency, eligibility: EligibilityTree,
    defaultLever: Int?, levers: [Lever], earningTypes: [[UInt8]: EarningType] = [:],
    disputeDays: Int = 90, split: Split? = nil, thresholds: [Currency: ExactAmount] = [:],
    tolerance: ExactAmount = .zero, statementLines: Int = Plan.statementLinesDefault,
    payment: PlanPayment = PlanPayment(), file: String
  ) {
    self.program = program
    self.aliases = aliases
    self.currency = currency
    self.eligibility = eligibility
    self.defaultLever = defaultLever
    self.levers = levers
    leverNames = NameIndex()
    for (number, lever) in levers.enumerated() {
      leverNames.insert(lever.name, number: number)
    }
    self.earningTypes = earningTypes
    self.disputeDays = disputeDays
    self.split = split
    self.thresholds = thresholds
    self.tolerance = tolerance
    self.statementLines = statementLines
    self.payment = payment
    self.file = file
  }

  /// The earning type that `text` names in this program, or nil.
  package func earningType(_ text: Span<UInt8>) -> EarningType? {
    let folded = EarningType.fold(text)
    return earningTypes[folded] ?? EarningType.byFoldedName[folded]
  }
}

/// All plans of a workspace, numbered by the bytes of their program names.
package struct Plans: Sendable {
  package let plans: [Plan]
  /// Programs by name and alias.
  package let names: NameIndex

  /// - Precondition: names and aliases are all different.
  package init(_ plans: [Plan]) {
    self.plans = plans.sorted { precedesInBytes($0.program, $1.program) }
    var names = NameIndex()
    for (number, plan) in self.plans.enumerated() {
      for name in [plan.program] + plan.aliases { names.insert(name, number: number) }
    }
    self.names = names
  }

  /// Lent, not copied: a plan is large, and it is asked for with every balance.
  package subscript(program: Int) -> Plan {
    _read { yield plans[program] }
  }
  package var count: Int { plans.count }
}
