// SPDX-License-Identifier: GPL-3.0-or-later
// Which types run here, and which go first.
#include "core/service/engineservice.h"
#include "tests/ui/engine/fixture.h"
#include "ui/engine/typesdialog.h"

#include <QCheckBox>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::child;

class TestTypesDialog : public QObject
{
    Q_OBJECT

    const QStringList m_handled{u"a"_s, u"b"_s, u"c"_s};
    TypesDialog* m_dialog = nullptr;
    std::unique_ptr<QSignalSpy> m_chosen;

    void open(const service::EngineSettings& settings)
    {
        m_dialog = new TypesDialog(m_handled, settings, nullptr);
        m_chosen = std::make_unique<QSignalSpy>(m_dialog, &TypesDialog::chosen);
    }
    QPair<QStringList, bool> choose()
    {
        child<QPushButton>(*m_dialog, u"go"_s)->click();
        if (m_chosen->isEmpty())
            qFatal("Nothing was chosen.");
        return {(*m_chosen)[0][0].toStringList(), (*m_chosen)[0][1].toBool()};
    }
    QListWidget* list() const { return child<QListWidget>(*m_dialog, u"types"_s); }

private Q_SLOTS:
    void initTestCase() { tests::EngineFixture::prepare(); }
    void cleanup() { delete m_dialog; }

    void allWithoutOrderIsEveryTypeEverAdded()
    {
        open({});
        QCOMPARE(choose(), qMakePair(QStringList(), false));
    }

    void movingATypeMakesAnOrder()
    {
        open({});
        list()->setCurrentRow(2);
        child<QPushButton>(*m_dialog, u"up"_s)->click();
        child<QPushButton>(*m_dialog, u"up"_s)->click();
        QVERIFY(!child<QPushButton>(*m_dialog, u"up"_s)->isEnabled());
        QCOMPARE(choose(), qMakePair(QStringList({u"c"_s, u"a"_s, u"b"_s}), true));
    }

    void whatWasChosenComesBackInItsOrder()
    {
        service::EngineSettings settings;
        settings.types = {u"c"_s, u"gone"_s, u"a"_s};
        settings.inOrder = true;
        open(settings);
        QCOMPARE(list()->count(), 3);
        QCOMPARE(list()->item(2)->checkState(), Qt::Unchecked);
        QCOMPARE(choose(), qMakePair(QStringList({u"c"_s, u"a"_s}), true));
    }

    void noneCannotBeChosen()
    {
        open({});
        for (int row = 0; row < 3; ++row)
            list()->item(row)->setCheckState(Qt::Unchecked);
        QVERIFY(!child<QPushButton>(*m_dialog, u"go"_s)->isEnabled());
    }
};

QTEST_MAIN(TestTypesDialog)
#include "tst_typesdialog.moc"
