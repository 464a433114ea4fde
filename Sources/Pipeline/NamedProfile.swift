import ByteStreams
import Domain
import Workspace

/// A profile that somebody asks for by name.
enum NamedProfile {
  /// Finds a profile.
  ///
  /// - Parameters:
  ///   - name: Of a profile of the workspace or of the program, or of a `.yaml` file.
  ///   - root: The workspace, if there is one.
  /// - Returns: Nil for the canonical layout.
  /// - Throws: ``RunFailure`` if there is none, or it has errors.
  static func find(_ name: String, root: String?) throws(RunFailure) -> Profiles.Entry? {
    guard name != FeedProfile.canonicalName else { return nil }
    if name.hasSuffix(".yaml") { return try read(profile: name) }
    let profiles = root.flatMap { WorkspaceLoader.load(root: $0).workspace?.profiles } ?? Profiles()
    if let found = profiles.find(name) { return found }
    throw RunFailure(
      .usage,
      "there is no profile \(SafeText.shown(name)): known are"
        + " \(profiles.names.joined(separator: ", "))")
  }

  private static func read(profile path: String) throws(RunFailure) -> Profiles.Entry {
    guard FileSystem.kind(path) != .missing else {
      throw RunFailure(.noInput, "\(SafeText.shown(path)) does not exist")
    }
    do {
      let yaml = try FileSystem.readFile(path)
      let name = String(FileSystem.name(of: path).dropLast(".yaml".utf8.count))
      if let profile = Profiles.read(yaml, name: name) {
        return .init(profile: profile, yaml: yaml)
      }
      throw RunFailure(
        .configuration, "the profile has errors",
        findings: WorkspaceLoader.check(yaml: yaml, file: path))
    } catch {
      throw RunFailure(error)
    }
  }
}
