import CSV
package import Domain

/// Writes the lists about partners: whom to invite, what expires, who may see what.
package struct PartnerLists: Sendable {
  private let registry: Registry
  private let plans: Plans

  package init(registry: Registry, plans: Plans) {
    self.registry = registry
    self.plans = plans
  }

  /// `invitations.csv`: active partners that qualify and have no enrollment in a program.
  ///
  /// - Parameter qualifies: Whether a partner meets a plan's tree without its enrollment leaves.
  package func invitations(qualifies: (_ partner: Int, _ program: Int) -> Bool) -> [UInt8] {
    var csv = CSVWriter()
    csv.header(["programName", "participantId", "participantName", "admins"])
    let admins = adminsByPartner()
    for program in plans.plans.indices {
      for (partner, details) in registry.partners.enumerated()
      where details.status == .active
        && !registry.enrollments[partner].contains(where: { $0.program == program })
        && qualifies(partner, program)
      {
        let users = (admins[partner] ?? []).filter { ($0.program ?? program) == program }
        let addresses = Set(users.map(\.email)).sorted(by: precedesInBytes)
        csv.text(plans[program].program)
        csv.text(details.participantId)
        csv.text(details.name)
        csv.text(addresses.joined(separator: " "))
        csv.endRecord()
      }
    }
    return csv.bytes
  }

  private func adminsByPartner() -> [Int: [User]] {
    Dictionary(grouping: registry.users.filter { $0.role == .incentivesAdmin }, by: \.partner)
  }

  /// `access.csv`: one row per row of users.csv, with the statement the user may see.
  ///
  /// - Parameters:
  ///   - statements: By partner, the programs in its statement; none where there is no statement.
  package func access(names: StatementNames, statements: [Int: Set<Int>]) -> [UInt8] {
    var csv = CSVWriter()
    csv.header(["userId", "role", "participantId", "programName", "statement"])
    let rows = registry.users.map { user in
      let programs = statements[user.partner] ?? []
      let sees = !programs.isEmpty && (user.program == nil || programs == [user.program])
      return [
        user.userId, user.role.rawValue, registry.partners[user.partner].participantId,
        user.program.map { plans[$0].program } ?? "",
        sees ? "statements/\(names.names[user.partner]).csv" : "",
      ]
    }
    for row in rows.sorted(by: rowPrecedes) {
      for value in row { csv.text(value) }
      csv.endRecord()
    }
    return csv.bytes
  }

  /// `expiring.csv`: what ends within 60 days after the as-of date and is not followed.
  package func expiring(asOf: Day) -> [UInt8] {
    var csv = CSVWriter()
    csv.header(["participantId", "participantName", "kind", "name", "endsOn", "daysLeft"])
    for (partner, details) in registry.partners.enumerated() where details.status == .active {
      let ending = (agreements(partner) + competencies(partner) + taxProfiles(partner))
        .filter { (1...60).contains($0.ends.number - asOf.number) }
        .sorted {
          $0.kind != $1.kind
            ? precedesInBytes($0.kind, $1.kind)
            : $0.name != $1.name ? precedesInBytes($0.name, $1.name) : $0.ends < $1.ends
        }
      for item in ending {
        csv.text(details.participantId)
        csv.text(details.name)
        csv.plain(item.kind)
        csv.text(item.name)
        csv.plain(item.ends.text)
        csv.plain(String(item.ends.number - asOf.number))
        csv.endRecord()
      }
    }
    return csv.bytes
  }

  private struct Ending {
    var kind: String
    var name: String
    var ends: Day
  }

  private func agreements(_ partner: Int) -> [Ending] {
    let all = registry.agreements[partner]
    return all.compactMap { agreement in
      guard let ends = agreement.validity.to else { return nil }
      let followed = all.contains {
        $0.name == agreement.name && follows($0.validity, ends)
      }
      return followed ? nil : Ending(kind: "agreement", name: agreement.name, ends: ends)
    }
  }

  private func competencies(_ partner: Int) -> [Ending] {
    let all = registry.competencies[partner]
    return all.compactMap { competency in
      guard let ends = competency.validity.to else { return nil }
      let followed = all.contains {
        $0.name == competency.name && $0.level >= competency.level && follows($0.validity, ends)
      }
      return followed ? nil : Ending(kind: "competency", name: competency.name, ends: ends)
    }
  }

  /// Whether an interval ends later and holds on the day after `ends`.
  private func follows(_ validity: Validity, _ ends: Day) -> Bool {
    (validity.to.map { $0 > ends } ?? true) && validity.holds(on: ends.advanced(by: 1))
  }

  // There is one tax profile per program, so none can be followed by another of its name.
  private func taxProfiles(_ partner: Int) -> [Ending] {
    registry.taxProfiles[partner].compactMap { profile in
      profile.expiresOn.map {
        Ending(kind: "taxProfile", name: profile.program.map { plans[$0].program } ?? "", ends: $0)
      }
    }
  }

  private func rowPrecedes(_ left: [String], _ right: [String]) -> Bool {
    for (a, b) in zip(left, right) where a != b { return precedesInBytes(a, b) }
    return false
  }
}
