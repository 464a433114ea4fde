import Domain

/// Reads all plans of a workspace, and checks that no two share a name.
struct PlanFiles {
  private var readings: [(reading: PlanReading, findings: FindingList)] = []

  /// Reads a plan.
  mutating func add(_ bytes: [UInt8], file: String) {
    var findings = FindingList(file: file, bytes: bytes)
    let reading = PlanFile.read(bytes, &findings)
    readings.append((reading, findings))
  }

  var count: Int { readings.count }

  /// The plans, numbered by the bytes of their names; of use only where nothing was found.
  mutating func plans(_ findings: inout [Finding]) -> Plans {
    checkNames()
    for (_, list) in readings { findings += list.finished() }
    let hasProblems = readings.contains { $0.findings.count > 0 }
    return Plans(hasProblems ? [] : readings.compactMap(\.reading.plan))
  }

  /// The names of all plans, also of those with problems.
  ///
  /// The numbers are those of ``plans(_:)`` where nothing was found, and else only say which names
  /// mean the same program.
  func names(_ plans: Plans) -> RegistryNames {
    var programs = plans.names
    for (number, entry) in readings.enumerated() {
      for name in entry.reading.names ?? [] { programs.insert(name.text, number: number) }
    }
    return RegistryNames(
      programs: programs,
      knowsAllPrograms: readings.allSatisfy { $0.reading.names != nil })
  }

  private mutating func checkNames() {
    var owners: [String: (number: Int, place: String)] = [:]
    for number in readings.indices {
      let file = readings[number].findings.file
      for name in readings[number].reading.names ?? [] {
        guard let owner = owners[name.text] else {
          owners[name.text] = (number, "\(file):\(name.place.line)")
          continue
        }
        guard owner.number != number else { continue }
        readings[number].findings.add(
          .X906, at: name.place, field: name.field, value: name.text,
          "the name \(SafeText.shown(name.text)) is used in \(owner.place) already",
          remedy: "Give each program and alias a name of its own, or remove one of the two.")
      }
    }
  }
}
