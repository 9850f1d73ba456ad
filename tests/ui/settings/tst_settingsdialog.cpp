// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog of settings: what is found, changed and reset.
#include "ui/settings/settingrow.h"
#include "ui/settings/settingsdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

namespace {
template <class T>
T* part(QWidget& dialog, const QString& name)
{
    T* found = dialog.findChild<T*>(name);
    if (!found)
        qFatal("There is no %s.", qPrintable(name));
    return found;
}
} // namespace

class TestSettingsDialog : public QObject
{
    Q_OBJECT

    QVariant m_theme = 0;
    QVariant m_seconds = 10;

    SettingItems items()
    {
        SettingItem theme{u"theme"_s, u"Appearance"_s, Icon::Eye, u"Colours"_s,
                          u"Light or dark."_s};
        theme.choices = {{u"System"_s, 0}, {u"Dark"_s, 2}};
        theme.usual = 0;
        theme.read = [this] { return m_theme; };
        theme.write = [this](const QVariant& value) { m_theme = value; };
        SettingItem time{u"deadline"_s,     u"Refresh"_s,     Icon::Refresh,
                         u"Longest time"_s, u"Of a query."_s, u"leora"_s};
        time.least = 1;
        time.most = 60;
        time.unit = u"s"_s;
        time.usual = 10;
        time.read = [this] { return m_seconds; };
        time.write = [this](const QVariant& value) { m_seconds = value; };
        return {theme, time};
    }

private Q_SLOTS:
    void init()
    {
        m_theme = 0;
        m_seconds = 10;
    }
    void takesEffectAtOnce();
    void finds();
    void resets();
    void choosesGroups();
    void everyControlHasAName();
};

void TestSettingsDialog::takesEffectAtOnce()
{
    QWidget window;
    auto* dialog = new SettingsDialog(items(), &window);
    dialog->open();
    auto* box = part<QComboBox>(*dialog, u"theme"_s);
    box->setCurrentIndex(1);
    Q_EMIT box->activated(1);
    QCOMPARE(m_theme.toInt(), 2);
    part<QSpinBox>(*dialog, u"deadline"_s)->setValue(20);
    QCOMPARE(m_seconds.toInt(), 20);
    QCOMPARE(part<QPushButton>(*dialog, u"resetAll"_s)->text(), u"Reset 2 Changes"_s);
    dialog->close();
}

void TestSettingsDialog::finds()
{
    QWidget window;
    auto* dialog = new SettingsDialog(items(), &window);
    dialog->open();
    dialog->setSearch(u"TIME"_s);
    QVERIFY(part<QSpinBox>(*dialog, u"deadline"_s)->isVisible());
    QVERIFY(!part<QComboBox>(*dialog, u"theme"_s)->isVisible());
    QCOMPARE(part<QLabel>(*dialog, u"settingsHeading"_s)->text(), u"1 setting with “TIME”"_s);
    dialog->setSearch(u"dark"_s); // what there is to choose
    QVERIFY(part<QComboBox>(*dialog, u"theme"_s)->isVisible());
    dialog->setSearch(u"<b>nothing"_s);
    QCOMPARE(part<QLabel>(*dialog, u"nothingFound"_s)->text(), u"No setting with “<b>nothing”."_s);
    QVERIFY(part<QLabel>(*dialog, u"nothingFound"_s)->isVisible());
    QCOMPARE(hitsIn(u"Time and time"_s, u"time"_s), (QVector<std::pair<int, int>>{{0, 4}, {9, 4}}));
    dialog->close();
}

void TestSettingsDialog::resets()
{
    m_theme = 2;
    m_seconds = 30;
    QWidget window;
    auto* dialog = new SettingsDialog(items(), &window);
    dialog->open();
    part<QPushButton>(*dialog, u"reset_theme"_s)->click();
    QCOMPARE(m_theme.toInt(), 0);
    QVERIFY(!part<QPushButton>(*dialog, u"reset_theme"_s)->isVisible());
    part<QPushButton>(*dialog, u"resetAll"_s)->click();
    QCOMPARE(m_seconds.toInt(), 10);
    QVERIFY(!part<QPushButton>(*dialog, u"resetAll"_s)->isVisible());
    dialog->close();
}

void TestSettingsDialog::choosesGroups()
{
    m_theme = 7; // of another version: shown, and kept
    QWidget window;
    auto* dialog = new SettingsDialog(items(), &window);
    dialog->open();
    auto* list = part<QListWidget>(*dialog, u"settingsGroups"_s);
    QCOMPARE(list->count(), 5);
    list->setCurrentRow(2);
    QVERIFY(part<QSpinBox>(*dialog, u"deadline"_s)->isVisible());
    QVERIFY(!part<QComboBox>(*dialog, u"theme"_s)->isVisible());
    list->setCurrentRow(3); // changed
    QVERIFY(part<QComboBox>(*dialog, u"theme"_s)->isVisible());
    QCOMPARE(part<QComboBox>(*dialog, u"theme"_s)->currentData().toInt(), 7);
    QCOMPARE(m_theme.toInt(), 7);
    list->setCurrentRow(4); // only for this connection
    QVERIFY(part<QSpinBox>(*dialog, u"deadline"_s)->isVisible());
    QVERIFY(!part<QComboBox>(*dialog, u"theme"_s)->isVisible());
    dialog->close();
}

void TestSettingsDialog::everyControlHasAName()
{
    m_theme = 2;
    QWidget window;
    auto* dialog = new SettingsDialog(items(), &window);
    dialog->open();
    for (QWidget* control : dialog->findChildren<QWidget*>()) {
        if (control->focusPolicy() == Qt::NoFocus || !control->isVisible() ||
            qobject_cast<QSpinBox*>(control->parentWidget()))
            continue;
        const auto* button = qobject_cast<QAbstractButton*>(control);
        QVERIFY2(!control->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(QString::fromLatin1(control->metaObject()->className()) +
                            control->objectName()));
    }
    dialog->close();
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
