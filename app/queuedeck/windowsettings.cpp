// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/windowsettings.h"

#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/format.h"
#include "ui/widgets/listtimes.h"
#include "ui/widgets/rowdensity.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/theme.h"

#include <QApplication>

using namespace Qt::StringLiterals;

namespace queuedeck::app {

using ui::ActionId;
using ui::Icon;
using ui::SettingItem;
using ui::SettingItems;

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WindowSettings)
};

SettingItem choice(const char* id, const QString& group, Icon icon, const QString& title,
                   const QString& note)
{
    SettingItem item;
    item.id = QLatin1String(id);
    item.group = group;
    item.icon = icon;
    item.title = title;
    item.note = note;
    return item;
}

void addAppearance(SettingItems& items, ui::ActionSet& actions)
{
    const QString group = Words::tr("Appearance");
    SettingItem theme = choice("theme", group, Icon::Eye, Words::tr("Colours"),
                               Words::tr("High contrast follows the system where it asks for it."));
    const QVector<std::pair<ActionId, ui::ThemeChoice>> themes{
        {ActionId::ThemeSystem, ui::ThemeChoice::System},
        {ActionId::ThemeLight, ui::ThemeChoice::Light},
        {ActionId::ThemeDark, ui::ThemeChoice::Dark},
        {ActionId::ThemeContrast, ui::ThemeChoice::HighContrast}};
    for (const auto& [id, value] : themes)
        theme.choices += {actions.action(id)->text().remove(u'&'), int(value)};
    theme.usual = int(ui::ThemeChoice::System);
    theme.read = [] { return ui::settings::appearance().read(); };
    theme.write = [&actions, themes](const QVariant& value) {
        for (const auto& [id, one] : themes) {
            if (int(one) == value.toInt())
                actions.action(id)->trigger();
        }
    };
    items += theme;

    SettingItem size = choice("textSize", group, Icon::Eye, Words::tr("Size of text"),
                              Words::tr("Of the size that the desktop asks for. Takes effect when "
                                        "Queuedeck is started again."));
    for (const int percent : {80, 90, 100, 110, 125, 150, 175, 200})
        size.choices += {Words::tr("%1 %").arg(percent), percent};
    size.usual = 100;
    size.read = [] { return ui::settings::textPercent().read(); };
    size.write = [](const QVariant& value) { ui::settings::textPercent().write(value.toInt()); };
    items += size;

    SettingItem rows = choice("rowHeight", group, Icon::Eye, Words::tr("Height of rows"),
                              Words::tr("Of every table. Ctrl and the wheel change it, too."));
    rows.choices = {{Words::tr("Compact"), int(ui::RowDensity::Compact)},
                    {Words::tr("Normal"), int(ui::RowDensity::Normal)},
                    {Words::tr("Roomy"), int(ui::RowDensity::Roomy)},
                    {Words::tr("Wide"), int(ui::RowDensity::Wide)}};
    rows.usual = int(ui::RowDensity::Normal);
    rows.read = [] { return int(ui::RowDensity::instance().level()); };
    rows.write = [](const QVariant& value) {
        ui::RowDensity::instance().set(ui::RowDensity::Level(value.toInt()));
    };
    items += rows;

    SettingItem sidebar =
        choice("sidebar", group, Icon::Eye, Words::tr("Sidebar"),
               Words::tr("In full, or as icons; always as icons in a narrow window."));
    sidebar.choices = {{Words::tr("In full"), true}, {Words::tr("As icons"), false}};
    sidebar.usual = true;
    sidebar.read = [&actions] { return actions.action(ActionId::Sidebar)->isChecked(); };
    sidebar.write = [&actions](const QVariant& value) {
        if (actions.action(ActionId::Sidebar)->isChecked() != value.toBool())
            actions.action(ActionId::Sidebar)->trigger();
    };
    items += sidebar;
}

void addTimes(SettingItems& items, ui::ActionSet& actions)
{
    const QString group = Words::tr("Times");
    SettingItem zone =
        choice("timeZone", group, Icon::Globe, Words::tr("Time zone"),
               Words::tr("How every time in the window is shown. A click on UTC in the status bar "
                         "switches, too."));
    zone.choices = {{Words::tr("UTC"), false}, {Words::tr("Local time"), true}};
    zone.usual = false;
    zone.read = [] { return ui::timeZone() == ui::TimeZone::Local; };
    zone.write = [&actions](const QVariant& value) {
        actions.action(value.toBool() ? ActionId::TimesLocal : ActionId::TimesUtc)->trigger();
    };
    items += zone;

    SettingItem ages = choice("agesOrTimes", group, Icon::Globe, Words::tr("Ages or times"),
                              Words::tr("Created and Finished as an age, such as 12 min, or as a "
                                        "time of day."));
    ages.choices = {{Words::tr("Ages, from 14 d the date"), false},
                    {Words::tr("Times, of other days the date"), true}};
    ages.usual = false;
    ages.read = [] { return ui::showsTimes(); };
    ages.write = [](const QVariant& value) {
        ui::setShowsTimes(value.toBool());
        ui::settings::showsTimes().write(value.toBool());
        for (QWidget* widget : QApplication::allWidgets())
            widget->update();
    };
    items += ages;
}

void addRefresh(SettingItems& items, ui::MainWindow& window, service::Session& session)
{
    const service::SessionInfo& info = session.info();
    const QString group = Words::tr("Refresh");
    const bool isOwn = info.mode == domain::QueueMode::Own;
    const auto kept = ui::settings::interval(info.settingsGroup(), isOwn);
    SettingItem interval =
        choice("interval", group, Icon::Refresh, Words::tr("Time between two refreshes"),
               Words::tr("Pause stops every automatic query; an action of yours still runs."));
    interval.where = info.name;
    for (const int seconds : {1, 2, 5, 10, 30, 60})
        interval.choices += {Words::tr("%1 s").arg(seconds), seconds};
    interval.usual = isOwn ? 1 : 5;
    interval.read = [kept] { return kept.read(); };
    interval.write = [&window](const QVariant& value) {
        Q_EMIT window.intervalChosen(std::chrono::seconds(value.toInt()));
    };
    items += interval;

    const auto deadline = ui::settings::queryDeadline(info.settingsGroup());
    SettingItem longest =
        choice("queryDeadline", group, Icon::Refresh, Words::tr("Longest time a query may take"),
               Words::tr("The database ends it then. The list says so and offers Read Again."));
    longest.where = info.name;
    longest.least = 1;
    longest.most = 600;
    longest.unit = Words::tr("s");
    longest.usual = 10;
    longest.read = [deadline] { return deadline.read(); };
    longest.write = [deadline, &session](const QVariant& value) {
        deadline.write(value.toInt());
        session.jobs().setReadDeadline(std::chrono::seconds(value.toInt()));
    };
    items += longest;
}

void addExport(SettingItems& items)
{
    SettingItem format = choice(
        "exportFormat", Words::tr("Files and export"), Icon::Upload, Words::tr("Format of exports"),
        Words::tr("What the dialog begins with; it keeps what you chose last."));
    for (const QString& name : {u"csv"_s, u"jsonl"_s, u"xlsx"_s})
        format.choices += {name.toUpper(), name};
    format.usual = u"csv"_s;
    format.read = [] { return ui::settings::exportFormat().read(); };
    format.write = [](const QVariant& value) {
        ui::settings::exportFormat().write(value.toString());
    };
    items += format;
}
} // namespace

SettingItems windowSettings(ui::ActionSet& actions, ui::MainWindow& window,
                            service::Session* session)
{
    SettingItems items;
    addAppearance(items, actions);
    addTimes(items, actions);
    if (session)
        addRefresh(items, window, *session);
    addExport(items);
    return items;
}

} // namespace queuedeck::app
