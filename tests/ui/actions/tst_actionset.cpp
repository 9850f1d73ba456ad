// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"

#include <QLineEdit>
#include <QMap>
#include <QSignalSpy>
#include <QTest>

using namespace queuedeck::ui;
using namespace Qt::StringLiterals;

class TestActionSet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsStandInTheOrderOfTheirIds()
    {
        int row = 0;
        for (const ActionInfo& info : actionTable())
            QCOMPARE(static_cast<int>(info.id), row++);
    }

    void noTwoActionsShareAKey()
    {
        QMap<QString, QString> owners;
        for (const ActionInfo& info : actionTable()) {
            for (const QKeySequence& key : keysOf(info)) {
                const QString name = key.toString(QKeySequence::PortableText);
                QVERIFY2(!name.isEmpty(), info.text);
                QVERIFY2(!owners.contains(name),
                         qPrintable(u"%1: %2 and %3"_s.arg(name, owners[name], plainText(info))));
                owners[name] = plainText(info);
            }
        }
        // Keys that tables and the window itself handle.
        for (const QString& taken : {u"J"_s, u"K"_s, u"X"_s, u"Space"_s, u"Return"_s, u"F6"_s})
            QVERIFY2(!owners.contains(taken), qPrintable(taken));
    }

    void mnemonicsOfAMenuDiffer()
    {
        QMap<QString, QString> owners;
        for (const ActionInfo& info : actionTable()) {
            const QString text = QString::fromUtf8(info.text);
            const qsizetype at = text.indexOf(u'&');
            QVERIFY2(at >= 0, info.text);
            const QString key =
                QString::number(static_cast<int>(info.menu)) + text.at(at + 1).toUpper();
            QVERIFY2(!owners.contains(key), qPrintable(u"%1 and %2"_s.arg(text, owners[key])));
            owners[key] = text;
        }
    }

    void singleLettersActInATableOnly()
    {
        const ActionSet actions;
        for (const ActionInfo& info : actionTable()) {
            for (const QKeySequence& key : keysOf(info)) {
                const QKeyCombination combination = key[0];
                const bool isLetter = combination.key() >= Qt::Key_A &&
                                      combination.key() <= Qt::Key_Z &&
                                      !(combination.keyboardModifiers() & ~Qt::ShiftModifier);
                if (isLetter)
                    QCOMPARE(actions.action(info.id)->shortcutContext(), Qt::WidgetShortcut);
            }
        }

        QWidget window;
        auto* table = new QWidget(&window);
        table->setFocusPolicy(Qt::StrongFocus);
        auto* edit = new QLineEdit(&window);
        actions.addTableKeys(table);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.activateWindow();
        QSignalSpy retried(actions.action(ActionId::Retry), &QAction::triggered);
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_R);
        QCOMPARE(retried.count(), 0);
        QCOMPARE(edit->text(), u"r"_s);
        table->setFocus();
        QTRY_VERIFY(table->hasFocus());
        QTest::keyClick(table, Qt::Key_R);
        QCOMPARE(retried.count(), 1);
    }

    void anActionThatIsOffSaysWhy()
    {
        ActionSet actions;
        actions.setEnabled(ActionId::Retry, false, u"Nothing is selected."_s);
        ActionButton button(actions.action(ActionId::Retry));
        QVERIFY(!button.isEnabled());
        QCOMPARE(button.toolTip(), u"Nothing is selected."_s);
        actions.setEnabled(ActionId::Retry, true);
        QVERIFY(button.isEnabled());
        QVERIFY(button.toolTip().contains(u"(R)"_s));
    }

    void aButtonKeepsThePlainName()
    {
        const ActionSet actions;
        ActionButton button(actions.action(ActionId::Retry));
        button.setScopeText(u"Retry 50 selected"_s);
        QCOMPARE(button.text(), u"Retry 50 selected"_s);
        QCOMPARE(button.accessibleName(), u"Retry"_s);
        QCOMPARE(button.accessibleDescription(), u"Retry 50 selected"_s);
        QSignalSpy retried(actions.action(ActionId::Retry), &QAction::triggered);
        button.click();
        QCOMPARE(retried.count(), 1);
    }
};

QTEST_MAIN(TestActionSet)
#include "tst_actionset.moc"
