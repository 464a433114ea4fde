import Domain

/// A value of a YAML file with its place; scalars stay text, nothing is turned into numbers.
indirect enum YAMLValue {
  /// A key and what stands behind it.
  struct Entry {
    let key: String
    let keyPlace: Place
    let value: YAMLValue
  }

  /// No value at all: nothing behind a key, `~` or `null`.
  case nothing(Place)
  case scalar(String, Place)
  case list([YAMLValue], Place)
  case map([Entry], Place)

  var place: Place {
    switch self {
    case .nothing(let place), .scalar(_, let place), .list(_, let place), .map(_, let place): place
    }
  }

  /// What it is, in words.
  var kind: String {
    switch self {
    case .nothing: "nothing"
    case .scalar: "a single value"
    case .list: "a list"
    case .map: "keys with values"
    }
  }
}
