// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of a table are chosen in its header, remembered, and copied as text.
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

class TestColumns : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QStandardItemModel m_model;
    std::unique_ptr<DataTable> m_table;

    void makeTable()
    {
        m_table = std::make_unique<DataTable>(u"Jobs"_s);
        m_table->setModel(&m_model);
        m_table->setColumnHidden(2, true);
        m_table->horizontalHeader()->setStretchLastSection(true);
        new Columns(u"jobs"_s, *m_table);
        m_table->resize(600, 300);
        m_table->show();
    }
    QHeaderView* header() const { return m_table->horizontalHeader(); }
    QAction* entry(const QString& name) const
    {
        auto* menu = m_table->findChild<Columns*>()->makeMenu();
        for (QAction* action : menu->actions()) {
            if (action->text() == name)
                return action;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(u"Queuedeck"_s);
        QCoreApplication::setApplicationName(u"columns"_s);
        Appearance::instance().install(*qApp, ThemeChoice::Light);
        m_model.setHorizontalHeaderLabels({u"Status"_s, u"Id"_s, u"Finished"_s, u"Error"_s});
        for (int row = 0; row < 3; ++row) {
            for (int column = 0; column < 4; ++column)
                m_model.setItem(row, column, new QStandardItem(u"%1.%2"_s.arg(row).arg(column)));
        }
        m_model.item(1, 1)->setData(u"a whole id"_s, role::Whole);
        m_model.item(1, 3)->setText(u"a\tb\nc"_s);
        m_model.item(2, 0)->setData(true, role::Absent);
    }
    void init()
    {
        QSettings().clear();
        makeTable();
    }
    void cleanup() { m_table.reset(); }

    void aHiddenColumnIsReached()
    {
        QVERIFY(m_table->isColumnHidden(2));
        entry(u"Finished"_s)->trigger();
        QVERIFY(!m_table->isColumnHidden(2));
        QVERIFY(header()->sectionSize(2) >= header()->minimumSectionSize());
        QCOMPARE(header()->contextMenuPolicy(), Qt::CustomContextMenu);
    }

    void oneColumnStays()
    {
        for (const QString& name : {u"Status"_s, u"Id"_s, u"Error"_s, u"Finished"_s}) {
            QAction* action = entry(name);
            if (action->isEnabled() && action->isChecked())
                action->trigger();
        }
        QCOMPARE(header()->hiddenSectionCount(), 3);
    }

    void whatIsChosenIsRemembered()
    {
        entry(u"Finished"_s)->trigger();
        entry(u"Id"_s)->trigger();
        header()->resizeSection(0, 177);
        header()->moveSection(header()->visualIndex(2), 0);
        makeTable();
        QVERIFY(!m_table->isColumnHidden(2));
        QVERIFY(m_table->isColumnHidden(1));
        QCOMPARE(header()->sectionSize(0), 177);
        QCOMPARE(header()->logicalIndex(0), 2);
        entry(u"Default Columns"_s)->trigger();
        makeTable();
        QVERIFY(m_table->isColumnHidden(2));
        QCOMPARE(header()->logicalIndex(0), 0);
        QVERIFY(QSettings().allKeys().isEmpty());
    }

    void aStrangeFileIsNotUsed_data()
    {
        QTest::addColumn<QVariant>("stored");
        QTest::newRow("other type") << QVariant(17);
        QTest::newRow("too few") << QVariant(QStringList{u"0:100:0"_s});
        QTest::newRow("twice") << QVariant(
            QStringList{u"0:9:0"_s, u"0:9:0"_s, u"2:9:0"_s, u"3:9:0"_s});
        QTest::newRow("no column")
            << QVariant(QStringList{u"0:9:0"_s, u"1:9:0"_s, u"2:9:0"_s, u"9:9:0"_s});
        QTest::newRow("all hidden")
            << QVariant(QStringList{u"0:9:1"_s, u"1:9:1"_s, u"2:9:1"_s, u"3:9:1"_s});
        QTest::newRow("no numbers")
            << QVariant(QStringList{u"a:b:c"_s, u"1:9:0"_s, u"2:9:0"_s, u"3:9:0"_s});
        QTest::newRow("huge") << QVariant(
            QStringList{u"0:99999999:0"_s, u"1:9:0"_s, u"2:9:0"_s, u"3:9:0"_s});
    }
    void aStrangeFileIsNotUsed()
    {
        QFETCH(QVariant, stored);
        const int width = header()->sectionSize(0);
        QSettings().setValue(u"columns/jobs"_s, stored);
        makeTable();
        QCOMPARE(header()->sectionSize(0), width);
        QVERIFY(m_table->isColumnHidden(2));
        QCOMPARE(header()->hiddenSectionCount(), 1);
    }

    void rowsAreCopiedAsSeen()
    {
        m_table->setFocus();
        m_table->selectRow(0);
        QTest::keyClick(m_table.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"Status\tId\tError\n0.0\t0.1\t0.3\n"_s);
        QSignalSpy copied(m_table.get(), &DataTable::rowsCopied);
        m_table->selectAll(); // the last one is not loaded
        QTest::keyClick(m_table.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"Status\tId\tError\n0.0\t0.1\t0.3\n1.0\ta whole id\ta b c\n"_s);
        QCOMPARE(copied, (QList<QVariantList>{{2, 1}})); // and that is said
        header()->moveSection(0, 3);
        m_table->setColumnHidden(3, true);
        m_table->selectionModel()->select(m_model.index(0, 0), QItemSelectionModel::ClearAndSelect |
                                                                   QItemSelectionModel::Rows);
        QCOMPARE(selectedAsText(*m_table).text, u"Id\tStatus\n0.1\t0.0\n"_s);
        m_table->setColumnHidden(0, true);
        QCOMPARE(selectedAsText(*m_table).text, u"0.1\n"_s); // a single column needs no header
        m_table->clearSelection();
        QCOMPARE(selectedAsText(*m_table).text, QString());
    }
};

QTEST_MAIN(TestColumns)
#include "tst_columns.moc"
