// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sidebarlist.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace queuedeck::ui;
using namespace Qt::StringLiterals;

class TestSidebar : public QObject
{
    Q_OBJECT
    static QVector<SidebarItem> items()
    {
        return {SidebarItem::head(u"Status"_s),
                {u"pending"_s, u"Pending"_s, Icon::MarkPending, Color::Pending, u"1,204"_s, false},
                SidebarItem::head(u"Type"_s),
                {u"failed"_s, u"Failed"_s, Icon::MarkFailed, Color::Failed, u"49,731"_s, true}};
    }

private Q_SLOTS:
    void rowsAreNamedWithTheirCount()
    {
        SidebarModel model;
        QAbstractItemModelTester tester(&model);
        model.setItems(items());
        SidebarList list(SidebarList::Kind::Facets, u"Filters"_s);
        list.setRows(&model);
        QCOMPARE(model.index(3).data(Qt::AccessibleTextRole).toString(), u"Failed, 49,731"_s);
        QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(), u"Status"_s);
        QAccessibleInterface* view = QAccessible::queryAccessibleInterface(&list);
        QVERIFY(view);
        QCOMPARE(view->text(QAccessible::Name), u"Filters"_s);
        QVERIFY(view->tableInterface());
        QCOMPARE(view->tableInterface()->cellAt(3, 0)->text(QAccessible::Name),
                 u"Failed, 49,731"_s);
    }

    void newCountsKeepTheRows()
    {
        SidebarModel model;
        model.setItems(items());
        QSignalSpy reset(&model, &SidebarModel::modelReset);
        QSignalSpy changed(&model, &SidebarModel::dataChanged);
        QVector<SidebarItem> next = items();
        next[3].count = u"49,732"_s;
        model.setItems(next);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        next.removeLast();
        model.setItems(next);
        QCOMPARE(reset.count(), 1);
    }

    void theKeyboardSkipsHeads()
    {
        SidebarModel model;
        model.setItems(items());
        SidebarList list(SidebarList::Kind::Facets, u"Filters"_s);
        list.setRows(&model);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        QSignalSpy activated(&model, &SidebarModel::activated);
        list.setFocus();
        QTRY_COMPARE(list.currentIndex().row(), 1);
        QTest::keyClick(&list, Qt::Key_Down);
        QCOMPARE(list.currentIndex().row(), 3);
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.first().first().toString(), u"failed"_s);
        QTest::keyClick(&list, Qt::Key_Up);
        QTest::keyClick(&list, Qt::Key_Up);
        QCOMPARE(list.currentIndex().row(), 1);
    }
};

QTEST_MAIN(TestSidebar)
#include "tst_sidebar.moc"
