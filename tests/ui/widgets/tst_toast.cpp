// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace queuedeck::ui;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestToast : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_page = std::make_unique<QWidget>();
        m_page->resize(600, 300);
        m_edit = new QLineEdit(m_page.get());
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_page->activateWindow();
        QCursor::setPos(m_page->mapToGlobal(QPoint(3, 3))); // not where the toast appears
        QCoreApplication::processEvents();
        m_edit->setFocus();
    }

    void goesByItselfAndTakesNoFocus()
    {
        Toast toast(m_page.get(), 60ms);
        QSignalSpy closed(&toast, &Toast::closed);
        toast.say(u"50 deleted"_s, u"Undo"_s);
        QVERIFY(toast.isVisible());
        QCOMPARE(toast.accessibleName(), u"50 deleted"_s);
        QCOMPARE(m_page->focusWidget(), m_edit);
        QVERIFY(m_page->rect().contains(toast.geometry()));
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 2000);
        QVERIFY(toast.isHidden());
    }

    void staysWhileItHasTheFocus()
    {
        Toast toast(m_page.get(), 60ms);
        toast.say(u"50 deleted"_s, u"Undo"_s);
        toast.focusTarget()->setFocus();
        QTest::qWait(200);
        QVERIFY(toast.isVisible());
        m_edit->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(toast.isHidden(), 2000);
    }

    void staysWhileItIsHovered()
    {
        Toast toast(m_page.get(), 60ms);
        toast.say(u"Copied"_s);
        QEnterEvent enter({1, 1}, {1, 1}, {1, 1});
        QCoreApplication::sendEvent(&toast, &enter);
        QTest::qWait(200);
        QVERIFY(toast.isVisible());
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&toast, &leave);
        QTRY_VERIFY_WITH_TIMEOUT(toast.isHidden(), 2000);
    }

    void escapeClosesAndActionActs()
    {
        Toast toast(m_page.get(), 10s);
        QSignalSpy acted(&toast, &Toast::actionPressed);
        toast.say(u"50 deleted"_s, u"Undo"_s);
        toast.focusTarget()->setFocus();
        QTest::keyClick(toast.focusTarget(), Qt::Key_Escape);
        QVERIFY(toast.isHidden());
        QCOMPARE(acted.count(), 0);
        toast.say(u"50 deleted"_s, u"Undo"_s);
        QTest::keyClick(toast.focusTarget(), Qt::Key_Space);
        QCOMPARE(acted.count(), 1);
        QVERIFY(toast.isHidden());
    }

    void aNewTextReplacesTheOld()
    {
        Toast toast(m_page.get(), 10s);
        toast.say(u"one"_s, u"Undo"_s);
        toast.say(u"two"_s);
        QCOMPARE(toast.text(), u"two"_s);
        QVERIFY(toast.findChild<QPushButton*>()->isHidden());
    }

private:
    std::unique_ptr<QWidget> m_page;
    QLineEdit* m_edit = nullptr;
};

QTEST_MAIN(TestToast)
#include "tst_toast.moc"
