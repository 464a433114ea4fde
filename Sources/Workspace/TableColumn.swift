/// A column of a table of the workspace.
struct TableColumn {
  let name: String
  let isRequired: Bool
  /// Its values are shown in no finding.
  let isSecret: Bool

  init(_ name: String, required: Bool = false, secret: Bool = false) {
    self.name = name
    isRequired = required
    isSecret = secret
  }

  static func required(_ name: String) -> TableColumn {
    TableColumn(name, required: true)
  }

  static func secret(_ name: String) -> TableColumn {
    TableColumn(name, secret: true)
  }
}
