import Foundation

/// What libFuzzer may feed; `PAYOUT_FUZZ_TARGET` names one. scripts/fuzz builds and runs them.
enum FuzzTarget: String, CaseIterable {
  case csv, xml, text, yaml

  static let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["PAYOUT_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      fatalError("PAYOUT_FUZZ_TARGET: one of \(FuzzTarget.allCases.map(\.rawValue))")
    }
    return target
  }()

  /// Reads an input; anything that must not be traps.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .csv: fuzzCSV(bytes)
    case .xml: fuzzXML(bytes)
    case .text: fuzzText(bytes)
    case .yaml: fuzzYAML(bytes)
    }
  }
}

/// What libFuzzer calls for each input; the answer is always 0.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  FuzzTarget.chosen.read(bytes)
  return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The package manager looks for the program's beginning under this name; libFuzzer has its own.
@_cdecl("Fuzz_main")
public func fuzzMain(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  var count = count
  var arguments = unsafe arguments
  return unsafe runDriver(&count, &arguments) { start, length in
    unsafe fuzzOneInput(start, length)
  }
}
