import Domain
import Workspace

/// Any bytes as a plan, a configuration and a profile: read, or refused with findings that have
/// remedies.
func fuzzYAML(_ bytes: [UInt8]) {
  for file in ["plans/a.yaml", "payout.yaml", "profiles/a.yaml"] {
    for finding in WorkspaceLoader.check(yaml: bytes, file: file) {
      precondition(!finding.message.isEmpty && !finding.remedy.isEmpty)
    }
  }
}
