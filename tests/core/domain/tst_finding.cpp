// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/finding.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
Finding one(const QString& id, Severity severity, qint64 explains)
{
    Finding finding;
    finding.id = id;
    finding.severity = severity;
    finding.explains = explains;
    return finding;
}

QStringList idsOf(const QVector<Finding>& findings)
{
    QStringList ids;
    for (const Finding& finding : findings)
        ids += finding.id;
    return ids;
}
} // namespace

class TestFinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatExplainsMostComesFirst()
    {
        QVector<Finding> findings{
            one(u"note"_s, Severity::Note, 900), one(u"few"_s, Severity::Error, 3),
            one(u"cause"_s, Severity::Error, 40), one(u"symptom"_s, Severity::Error, 40),
            one(u"warning"_s, Severity::Warning, 900)};
        sortByWeight(findings);
        QCOMPARE(idsOf(findings),
                 QStringList({u"cause"_s, u"symptom"_s, u"few"_s, u"warning"_s, u"note"_s}));
    }

    void aNoteIsNotTheWorst()
    {
        Diagnosis diagnosis;
        QVERIFY(!diagnosis.worst());
        diagnosis.findings = {one(u"note"_s, Severity::Note, 0)};
        QVERIFY(!diagnosis.worst());
        diagnosis.findings.prepend(one(u"warning"_s, Severity::Warning, 0));
        QCOMPARE(diagnosis.worst()->id, u"warning"_s);
    }

    void wordsAreStableAndDiffer()
    {
        QCOMPARE(severityName(Severity::Error), u"error"_s);
        QCOMPARE(severityName(Severity::Note), u"note"_s);
        QSet<QString> states;
        for (int i = 0; i <= int(CheckOutcome::State::Failed); ++i)
            states += stateName(CheckOutcome::State(i));
        QCOMPARE(states.size(), qsizetype(CheckOutcome::State::Failed) + 1);
        QSet<QString> actions;
        for (int i = 0; i <= int(Remedy::Action::CopyStatement); ++i)
            actions += actionWord(Remedy::Action(i));
        QCOMPARE(actions.size(), qsizetype(Remedy::Action::CopyStatement) + 1);
        QVERIFY(actionWord(Remedy::Action::None).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestFinding)
#include "tst_finding.moc"
