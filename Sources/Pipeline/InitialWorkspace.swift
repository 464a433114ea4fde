/// The files of a new workspace.
enum InitialWorkspace {
  static let files: [(path: String, text: String)] = [
    ("payout.yaml", configuration), ("plans/example.yaml", plan),
    ("registry/partners.csv", partners), ("registry/agreements.csv", agreements),
    ("registry/competencies.csv", competencies), ("registry/enrollments.csv", enrollments),
    ("registry/tax-profiles.csv", taxProfiles),
    ("registry/payment-profiles.csv", paymentProfiles), ("registry/users.csv", users),
    ("exchange-rates.csv", rates), ("adjustments.csv", adjustments), ("inbox/example.csv", feed),
  ]

  private static let configuration = """
    # What `payout` reads before everything else. All paths are relative to this file.
    # Unknown keys are errors, so a typing mistake cannot pass unseen.

    openPeriod: 2026-10            # the first period; from then on the ledger knows
    payer:                         # who pays; the id is part of every paymentId
      name: Example Payouts Ltd
      street: Main Street 1
      postCode: "10115"
      town: Berlin
      country: DE
      iban: DE02370400440532010007 # pays all transfers; see docs/payments.md
      id: "0001"
    rounding: halfAwayFromZero     # what a spreadsheet's ROUND does; or halfEven
    formats: [csv]                 # of statements
    payments:
      daysAfterPeriod: 15          # when the bank pays; holidays go here, too
    limits:
      rejectRate: 20%              # a feed with a larger share of rejected rows is refused

    """

  private static let plan = """
    # The rules of one program: one file each.
    program: Example Program
    aliases: [Example]             # other names that feeds use
    currency: EUR                  # of caps, tiers and the threshold
    eligibility:                   # all = and, any = or
      all:
        - agreement: mpn
        - {agreement: reseller, when: {role: directBill}}
        - {competency: Cloud Platform, level: silver}
        - enrollment
    defaultLever: Core             # for rows that name none
    levers:
      - lever: Core
        earningType: Rebate
        rates:                     # the first that matches counts; dates are inclusive
          - {rate: 5%, from: 2026-01-01, where: {solutionArea: Azure}}
          - {rate: 4%, from: 2026-01-01}
        cap: 50000                 # per partner and period
      - lever: Growth
        earningType: Rebate
        tiers:
          mode: graduated          # or slab
          steps:                   # upTo is inclusive; the last step has none
            - {upTo: 10000, rate: 3%}
            - {rate: 5%}
    disputeDays: 90                # how long an ineligible earning is assessed again
    threshold: {EUR: 100}          # smaller balances are carried forward
    tolerance: 0.01                # where a feed brings its own earningAmount

    """

  private static let partners = """
    participantId,name,role,country,language,status,payableFrom,street,postCode,town
    0001001,Fabrikam GmbH,directBill,DE,en,active,,Ringstr. 5,20095,Hamburg
    0001002,Nordlicht Oy,indirectReseller,FI,en,active,,Satamakatu 2,00160,Helsinki

    """

  private static let agreements = """
    participantId,agreement,validFrom,validTo
    0001001,mpn,2026-01-01,
    0001001,reseller,2026-01-01,
    0001002,mpn,2026-01-01,

    """

  private static let competencies = """
    participantId,competency,level,validFrom,validTo
    0001001,Cloud Platform,gold,2026-01-01,

    """

  private static let enrollments = """
    participantId,programName,status,invitedOn,enrolledOn,endsOn
    0001001,Example Program,enrolled,2026-01-10,2026-01-15,
    0001002,Example Program,enrolled,2026-01-10,2026-01-20,

    """

  private static let taxProfiles = """
    participantId,programName,status,completedOn,expiresOn,taxId,withholdingRate,salesTaxRate
    0001001,,valid,2026-01-15,,DE000000001,0,19%
    0001002,,valid,2026-01-20,,FI00000001,0,0

    """

  private static let paymentProfiles = """
    participantId,programName,status,completedOn,method,currency,accountHolder,iban,accountNumber,bic,hold
    0001001,,valid,2026-01-15,bankTransfer,EUR,Fabrikam GmbH,DE89370400440532013000,,COBADEFFXXX,no
    0001002,,valid,2026-01-20,creditNote,EUR,Nordlicht Oy,,,,no

    """

  private static let users = """
    userId,name,email,role,participantId,programName
    u-1,Finance at Fabrikam,finance@fabrikam.example,incentivesAdmin,0001001,

    """

  private static let rates = """
    period,from,to,rate,source
    2026-10,USD,EUR,0.92,example

    """

  private static let adjustments = """
    adjustmentId,participantId,programName,amount,currency,appliesTo,reasonCode,note,approvedBy

    """

  private static let feed = """
    earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount,lever,solutionArea,customerName
    E-1,0001001,Example Program,2026-10-05,EUR,12000.00,,Azure,Contoso
    E-2,0001001,Example Program,2026-10-12,USD,800.00,Core,Security,Adatum
    E-3,0001001,Example Program,2026-10-20,EUR,15000.00,Growth,Azure,Contoso
    E-4,0001002,Example,2026-10-21,EUR,900.00,,Azure,Tailspin

    """
}
