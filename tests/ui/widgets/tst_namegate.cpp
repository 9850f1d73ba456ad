// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialogband.h"
#include "ui/widgets/namedialog.h"
#include "ui/widgets/namegate.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/typedname.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;
using namespace std::chrono_literals;

class TestNameGate : public QObject
{
    Q_OBJECT

    static Place production(std::chrono::milliseconds lasts = 0ms)
    {
        return {Environment::Production, u"leora-production"_s, Safety::TypeName,
                std::make_shared<TypedName>(lasts)};
    }
    static NameDialog* open(QWidget& window, bool* isDone)
    {
        askForName(&window, {u"Undo the last change?"_s, {}, u"Don’t Undo"_s, u"Undo"_s},
                   [isDone] { *isDone = true; });
        return window.findChild<NameDialog*>();
    }

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    void onlyTheExactNameOpensIt()
    {
        QWidget window;
        window.show();
        setPlace(window, production());
        bool isDone = false;
        NameDialog* const dialog = open(window, &isDone);
        QVERIFY(dialog);
        auto* const go = dialog->findChild<QPushButton*>(u"go"_s);
        auto* const name = dialog->findChild<QLineEdit*>(u"name"_s);
        QVERIFY(!go->isEnabled());
        QVERIFY(go->toolTip().contains(u"Type the name"_s));
        QVERIFY(name->accessibleName().contains(u"leora-production"_s));
        for (const QString& wrong : {u"leora"_s, u"Leora-Production"_s, u"leora-productio"_s}) {
            name->setText(wrong);
            QVERIFY2(!go->isEnabled(), qPrintable(wrong));
        }
        name->setText(u"leora-production"_s);
        QVERIFY(go->isEnabled());
        QVERIFY(!isDone);
        // By keyboard alone: the field has the focus, Enter agrees.
        QTRY_COMPARE(dialog->focusWidget(), name);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(isDone);
    }

    void refusingDoesNothing()
    {
        QWidget window;
        window.show();
        setPlace(window, production());
        bool isDone = false;
        NameDialog* const dialog = open(window, &isDone);
        QTest::keyClick(dialog->findChild<QLineEdit*>(u"name"_s), Qt::Key_Return); // not allowed
        QVERIFY(!isDone);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(!isDone);
    }

    void whereNothingIsToBeTypedItIsDoneAtOnce()
    {
        QWidget window;
        setPlace(window, {Environment::Production, u"shop"_s, Safety::Confirm, nullptr});
        bool isDone = false;
        QVERIFY(!open(window, &isDone));
        QVERIFY(isDone);
    }

    void itIsAskedAgainAfterATimeWithoutInput()
    {
        QWidget window;
        window.show();
        setPlace(window, production(400ms));
        bool isDone = false;
        NameDialog* dialog = open(window, &isDone);
        dialog->findChild<QLineEdit*>(u"name"_s)->setText(u"leora-production"_s);
        dialog->findChild<QPushButton*>(u"go"_s)->click();
        QVERIFY(isDone);
        QVERIFY(!placeOf(&window).asksForName());
        for (int i = 0; i < 4; ++i) { // input keeps it open, beyond the time itself
            QTest::qWait(200);
            QTest::keyClick(&window, Qt::Key_A);
        }
        QVERIFY(!placeOf(&window).asksForName());
        QTest::qWait(500);
        QVERIFY(placeOf(&window).asksForName());
        QTest::keyClick(&window, Qt::Key_A); // input that comes too late
        QVERIFY(placeOf(&window).asksForName());
    }

    void aNameThatLastsForOneChangeIsAskedEachTime()
    {
        QWidget window;
        window.show();
        setPlace(window, production());
        bool isDone = false;
        NameDialog* dialog = open(window, &isDone);
        dialog->findChild<QLineEdit*>(u"name"_s)->setText(u"leora-production"_s);
        dialog->findChild<QPushButton*>(u"go"_s)->click();
        QVERIFY(placeOf(&window).asksForName());
    }

    void everyDialogRepeatsTheBand()
    {
        QWidget window;
        setPlace(window, production());
        QWidget inner(&window);
        Dialog dialog(u"some"_s, u"Some"_s, &inner);
        auto* const band = dialog.findChild<DialogBand*>();
        QVERIFY(band);
        QCOMPARE(band->accessibleName(), u"PROD, leora-production"_s);
        Dialog above(u"above"_s, u"Above"_s, &dialog); // above a dialog
        QVERIFY(above.findChild<DialogBand*>());
        QCOMPARE(titleAt(placeOf(&above), u"Queuedeck"_s), u"PROD — Queuedeck"_s);

        QWidget laptop;
        setPlace(laptop, {Environment::Local, u"laptop"_s, Safety::Confirm, nullptr});
        Dialog plain(u"plain"_s, u"Plain"_s, &laptop);
        QVERIFY(!plain.findChild<DialogBand*>());
        QCOMPARE(titleAt(placeOf(&plain), u"Queuedeck"_s), u"Queuedeck"_s);
    }
};

QTEST_MAIN(TestNameGate)
#include "tst_namegate.moc"
