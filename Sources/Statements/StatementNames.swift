import ByteStreams
package import Domain

/// The names of the files made from participantIds.
package struct StatementNames: Sendable {
  /// By partner, without extension.
  package let names: [String]

  package init(registry: Registry) {
    let plain = registry.partners.map { StatementNames.plain($0.participantId) }
    var counts: [String: Int] = [:]
    for name in plain { counts[name.lowercased(), default: 0] += 1 }
    names = zip(registry.partners, plain).map { partner, name in
      let id = partner.participantId
      let isSafe = name == id && !name.hasPrefix(".") && counts[name.lowercased()] == 1
      return isSafe ? name : StatementNames.long(id)
    }
  }

  /// The name of an id that is not safe as it is.
  private static func long(_ id: String) -> String {
    plain(id) + "~" + SHA256Digest.of(Array(id.utf8)).hex.prefix(8)
  }

  /// The names that an id may have, whatever other ids there are; the second one counts where the
  /// first is not there.
  package static func candidates(_ id: String) -> [String] {
    plain(id) == id ? [id, long(id)] : [long(id)]
  }

  /// Letters, digits, `-`, `_` and `.` of ASCII; `_` for any other code point.
  package static func plain(_ id: String) -> String {
    var name = ""
    for scalar in id.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": name.unicodeScalars.append(scalar)
      default: name += "_"
      }
    }
    return name
  }
}
