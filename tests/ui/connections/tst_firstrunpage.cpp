// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/firstrunpage.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace queuedeck::ui;
using namespace Qt::StringLiterals;

class TestFirstRunPage : public QObject
{
    Q_OBJECT
    static QWidget* focus(const QWidget& page) { return page.window()->focusWidget(); }

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    void theKeyboardChooses()
    {
        FirstRunPage page({});
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        page.activateWindow();
        QSignalSpy connects(&page, &FirstRunPage::connectChosen);
        QSignalSpy samples(&page, &FirstRunPage::sampleChosen);
        QSignalSpy empties(&page, &FirstRunPage::emptyChosen);
        QTRY_COMPARE(focus(page)->objectName(), u"connect"_s);
        QTest::keyClick(focus(page), Qt::Key_Return);
        QCOMPARE(connects.count(), 1);
        QTest::keyClick(focus(page), Qt::Key_Down);
        QCOMPARE(focus(page)->objectName(), u"sample"_s);
        QTest::keyClick(focus(page), Qt::Key_Space);
        QCOMPARE(samples.count(), 1);
        QTest::keyClick(focus(page), Qt::Key_Tab);
        QCOMPARE(focus(page)->objectName(), u"empty"_s);
        QTest::keyClick(focus(page), Qt::Key_Enter);
        QCOMPARE(empties.count(), 1);
        QTest::keyClick(focus(page), Qt::Key_Up);
        QCOMPARE(focus(page)->objectName(), u"sample"_s);
    }

    void offersDatabaseUrlOnlyIfSet()
    {
        const FirstRunPage without({});
        QVERIFY(!without.findChild<QAbstractButton*>(u"lookReadOnly"_s));
        FirstRunInfo info;
        info.databaseUrl = u"postgresql://leora:•••@db/x"_s;
        FirstRunPage with(info);
        QSignalSpy looked(&with, &FirstRunPage::surveyChosen);
        with.findChild<QAbstractButton*>(u"lookReadOnly"_s)->click();
        QCOMPARE(looked.count(), 1);
    }

    void languageOnlyIfThereIsAChoice()
    {
        FirstRunInfo info;
        info.languages = {u"English"_s};
        QCOMPARE(FirstRunPage(info).findChildren<QComboBox*>().size(), 2);
        info.languages.append(u"Deutsch"_s);
        QCOMPARE(FirstRunPage(info).findChildren<QComboBox*>().size(), 3);
    }

    void everyControlHasAName()
    {
        FirstRunInfo info;
        info.databaseUrl = u"sqlite:x"_s;
        const FirstRunPage page(info);
        for (const QAbstractButton* button : page.findChildren<QAbstractButton*>())
            QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty());
        for (const QComboBox* combo : page.findChildren<QComboBox*>()) {
            bool isLabelled = false;
            for (const QLabel* label : page.findChildren<QLabel*>())
                isLabelled = isLabelled || label->buddy() == combo;
            QVERIFY(isLabelled);
        }
    }
};

QTEST_MAIN(TestFirstRunPage)
#include "tst_firstrunpage.moc"
