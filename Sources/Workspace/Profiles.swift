import BuiltInProfiles
package import Domain

/// The profiles that feeds may be read by: those of the workspace, and those that come with the
/// program. One of the workspace counts before one of the program with the same name.
package struct Profiles: Sendable {
  /// A profile and what its file said.
  package struct Entry: Sendable {
    package var profile: FeedProfile
    package var yaml: [UInt8]

    package init(profile: FeedProfile, yaml: [UInt8]) {
      self.profile = profile
      self.yaml = yaml
    }
  }

  private var own: [String: Entry] = [:]
  /// Of the workspace's profiles, those with errors, which are findings of their own.
  private var faulty: Set<String> = []

  package init() {}

  /// Reads what a profile's file says.
  ///
  /// - Parameters:
  ///   - name: The file's name without `.yaml`.
  ///   - file: Its name in the findings.
  mutating func add(
    _ bytes: [UInt8], name: String, file: String, _ findings: inout [Finding]
  ) {
    var list = FindingList(file: file, bytes: bytes)
    if let profile = ProfileFile.read(bytes, name: name, &list) {
      own[name] = Entry(profile: profile, yaml: bytes)
    } else {
      faulty.insert(name)
    }
    findings += list.finished()
  }

  /// The profile of this name; nil where there is none, or it has errors.
  package func find(_ name: String) -> Entry? {
    own[name] ?? Profiles.builtIns[name]
  }

  /// The names of all profiles, sorted.
  package var names: [String] {
    Set(own.keys).union(faulty).union(BuiltInProfiles.all.map(\.name)).union([
      FeedProfile.canonicalName
    ]).sorted()
  }

  /// By name; read once, whatever the number of feeds.
  private static let builtIns: [String: Entry] = {
    var entries: [String: Entry] = [:]
    for (name, text) in BuiltInProfiles.all {
      entries[name] = Profiles.read(text, name: name).map { Entry(profile: $0, yaml: text) }
    }
    return entries
  }()

  /// The profile that a text says, which was read without errors before.
  package static func read(_ yaml: [UInt8], name: String) -> FeedProfile? {
    var list = FindingList(file: name + ".yaml", bytes: yaml)
    return ProfileFile.read(yaml, name: name, &list)
  }

  /// The text of a profile that comes with the program.
  package static func text(ofBuiltIn name: String) -> [UInt8]? {
    BuiltInProfiles.all.first { $0.name == name }?.text
  }

  /// The profile that reads a feed; nil for a canonical feed.
  ///
  /// - Parameter name: As it was delivered.
  package func profile(of name: String, _ patterns: [FeedPattern]) -> Entry? {
    let pattern = patterns.first { $0.matches(name) }
    return pattern?.profile.flatMap { $0 == FeedProfile.canonicalName ? nil : find($0) }
  }
}
