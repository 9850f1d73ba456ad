// SPDX-License-Identifier: GPL-3.0-or-later
// The palette over a real window's actions, by keyboard alone; and that whatever a person can do is
// reached by keys, action by action.
#include "ui/actions/actionset.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/palette/palettedialog.h"
#include "ui/palette/palettemodel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;
using Group = PaletteItem::Group;

class TestPalette : public QObject
{
    Q_OBJECT

    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<MainWindow> m_window;
    QPointer<PaletteDialog> m_palette;

    void open(const PaletteItems& connections = {})
    {
        m_palette = new PaletteDialog(*m_actions, connections, m_window.get());
        m_palette->open();
        QVERIFY(QTest::qWaitForWindowExposed(m_palette));
        QTRY_COMPARE(m_palette->focusWidget(), edit());
    }
    QLineEdit* edit() const { return m_palette->findChild<QLineEdit*>(u"typed"_s); }
    QListView* list() const { return m_palette->findChild<QListView*>(u"found"_s); }
    PaletteModel* model() const { return m_palette->findChild<PaletteModel*>(); }
    QString current() const { return list()->currentIndex().data().toString(); }
    QStringList texts() const
    {
        QStringList all;
        for (int i = 0; i < model()->rowCount(); ++i) {
            const QModelIndex index = model()->index(i);
            all += (model()->item(index) ? QString() : u"# "_s) + index.data().toString();
        }
        return all;
    }
    static PaletteItem job(const QString& id)
    {
        PaletteItem item{Group::Jobs, Icon::MarkFailed, Color::Failed, id};
        item.isId = true;
        return item;
    }

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }
    void init()
    {
        m_actions = std::make_unique<ActionSet>();
        m_window = std::make_unique<MainWindow>(*m_actions);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
    }
    void cleanup()
    {
        m_window.reset();
        m_actions.reset();
    }

    // Every row of the action table: in a menu under a letter of its own, and in the palette, where
    // its name finds it and Enter does it.
    void everyActionIsReachedByKeys_data()
    {
        QTest::addColumn<int>("id");
        for (const ActionInfo& info : actionTable())
            QTest::newRow(qPrintable(plainText(info))) << int(info.id);
    }
    void everyActionIsReachedByKeys()
    {
        QFETCH(int, id);
        const ActionInfo& info = actionTable()[size_t(id)];
        QAction* const action = m_actions->action(info.id);
        const std::function<bool(const QList<QAction*>&)> isIn = [&](const QList<QAction*>& all) {
            return std::any_of(all.cbegin(), all.cend(), [&](QAction* one) {
                return one == action ||
                       (one->menu() && one->text().contains(u'&') && isIn(one->menu()->actions()));
            });
        };
        QVERIFY(isIn(m_window->menuBar()->actions()));
        QVERIFY(action->text().contains(u'&'));
        if (info.id == ActionId::Palette) {
            QVERIFY(!keysOf(info).isEmpty()); // the way in
            return;
        }
        m_actions->setEnabled(info.id, true);
        action->disconnect(); // whatever it does is not the question here
        open();
        edit()->setText(u">"_s + plainText(info)); // names have letters that no key has
        for (int i = 0; i < 60 && current() != plainText(info); ++i)
            QTest::keyClick(edit(), Qt::Key_Down);
        QCOMPARE(current(), plainText(info));
        const QString said = list()->currentIndex().data(Qt::AccessibleTextRole).toString();
        QVERIFY(said.startsWith(plainText(info)));
        if (!keysOf(info).isEmpty())
            QVERIFY2(said.contains(keysOf(info).first().toString(QKeySequence::NativeText)),
                     qPrintable(said));
        QCOMPARE(edit()->accessibleDescription(), said); // what a screen reader says
        QSignalSpy triggered(action, &QAction::triggered);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_COMPARE(triggered.size(), 1);
        QTRY_VERIFY(!m_palette);
    }

    void whatIsOffSaysWhyAndDoesNothing()
    {
        m_actions->setEnabled(ActionId::CleanUp, false, u"Read-only: nothing is changed."_s);
        open();
        edit()->setText(u"clean up"_s);
        QTest::keyClick(edit(), Qt::Key_Down);
        QCOMPARE(current(), u"Clean Up…"_s);
        QVERIFY(edit()->accessibleDescription().contains(u"off, Read-only: nothing"_s));
        QSignalSpy triggered(m_actions->action(ActionId::CleanUp), &QAction::triggered);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::qWait(50);
        QCOMPARE(triggered.size(), 0);
        QVERIFY(m_palette->isVisible());
        QTest::keyClick(edit(), Qt::Key_Escape);
        QTRY_VERIFY(!m_palette);
    }

    // A hand that presses Enter right after typing changes no row.
    void whatChangesRowsIsNeverChosenByItself()
    {
        open();
        for (const char* typed : {"", "retry", "delete", "cl", "e", "s", "process now", "undo"}) {
            edit()->setText(QString::fromLatin1(typed));
            const PaletteItem* const chosen = model()->item(list()->currentIndex());
            QVERIFY2(!chosen || !chosen->changesRows, typed);
        }
        edit()->setText(u"retry"_s);
        QVERIFY(!list()->currentIndex().isValid());
        QSignalSpy triggered(m_actions->action(ActionId::Retry), &QAction::triggered);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::qWait(50);
        QCOMPARE(triggered.size(), 0);
        QTest::keyClick(edit(), Qt::Key_Down);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_COMPARE(triggered.size(), 1);
    }

    void signsNarrow()
    {
        bool isOpened = false;
        PaletteItem connection{Group::Connections, Icon::Database, Color::Text,
                               u"leora-production"_s};
        connection.run = [&isOpened] { isOpened = true; };
        open({connection});
        edit()->setText(u"jobs"_s);
        QVERIFY(texts().contains(u"# Pages"_s));
        edit()->setText(u"@leora"_s);
        QCOMPARE(texts(), (QStringList{u"# Connections"_s, u"leora-production"_s}));
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_VERIFY(isOpened);
    }

    void jobsAreAskedForAndShownLate()
    {
        open();
        QSignalSpy wanted(m_palette, &PaletteDialog::jobsWanted);
        QTest::keyClicks(edit(), u"dead"_s);
        QTRY_COMPARE(wanted.size(), 1); // once typing pauses, not for each letter
        QCOMPARE(wanted[0][0].toString(), u"dead"_s);
        bool isShown = false;
        PaletteItem one = job(u"deadc0f4-1b7e"_s);
        one.run = [&isShown] { isShown = true; };
        m_palette->showJobs(u"dea"_s, {job(u"deaf"_s)}); // late, for something typed before
        QVERIFY(!texts().contains(u"deaf"_s));
        m_palette->showJobs(u"dead"_s, {one});
        QVERIFY(texts().contains(u"# Jobs, id begins with dead"_s));
        QTest::keyClick(edit(), Qt::Key_Up); // around the end
        while (current() != one.text)
            QTest::keyClick(edit(), Qt::Key_Up);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_VERIFY(isShown);
    }

    void nothingIsCalledSo()
    {
        open();
        edit()->setText(u"xqzw"_s);
        auto* const none = m_palette->findChild<Label*>(u"none"_s);
        QVERIFY(none->isVisible());
        QCOMPARE(none->text(), u"Nothing is called xqzw."_s);
        QCOMPARE(edit()->accessibleDescription(), none->text());
        QTest::keyClick(edit(), Qt::Key_Return); // and nothing happens
        QTest::keyClick(edit(), Qt::Key_Down);
        QVERIFY(m_palette->isVisible());
    }

    void theModelKeepsItsPromises()
    {
        PaletteModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setItems({{Group::Pages, Icon::Jobs, Color::Text, u"Jobs"_s},
                        {Group::Actions, Icon::Retry, Color::Text, u"Retry"_s}});
        for (const char* typed : {"", "j", "jo", ">", "#", "@", "#abc", "> retry", "é"}) {
            model.setTyped(QString::fromUtf8(typed));
            model.setJobs(model.idFragment(), {job(u"abcdef"_s)});
        }
        QVERIFY(model.first().isValid() || model.found() == 0);
    }
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
