// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QAction>
#include <QObject>

#include <array>
#include <span>

namespace queuedeck::ui {

/// Everything a person can do by menu, key or button.
enum class ActionId {
    Connections,
    Connect,
    Quit,
    Undo,
    Redo,
    SelectAll,
    CopyId,
    CopyCell,
    CopyJson,
    CopyCsv,
    CopySql,
    CopyCurl,
    CopyLink,
    Find,
    SaveView,
    ManageViews,
    FilterCell,
    FilterWithoutCell,
    GroupErrors,
    ShowGroup,
    PageOverview,
    PageJobs,
    PageScans,
    PageEngine,
    PageDiagnostics,
    Sidebar,
    Refresh,
    PauseLive,
    Palette,
    Alerts,
    Settings,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    ThemeContrast,
    TimesUtc,
    TimesLocal,
    Retry,
    RetryAll,
    Cancel,
    Delete,
    RunNext,
    Repair,
    CleanUp,
    Enqueue,
    EditAsNew,
    Import,
    Export,
    ExportAll,
    UploadCard,
    StartEngine,
    StopEngine,
    ProcessNow,
    StepJob,
    EndpointKey,
    ClaudeKey,
    KeySheet,
    About,
    Count
};

enum class MenuId { Connection, Edit, View, Job, Scan, Engine, Help, Appearance, Times, Count };

/// A row of the table from which menus, tool bars and the key sheet are made.
struct ActionInfo
{
    enum Scope : quint8 { Window, Table };

    ActionId id;
    MenuId menu;
    const char* text; ///< untranslated, with its mnemonic; context "ActionSet"
    const char* keys; ///< portable, separated by spaces; "" = none
    const char* tip;  ///< untranslated
    Icon icon = Icon::Count;
    Scope scope = Window; ///< Table: the keys act only in a focused table
    bool isCheckable = false;
    bool startsGroup = false; ///< a separator before it in the menu
};

std::span<const ActionInfo> actionTable();
QString menuTitle(MenuId menu);
QList<QKeySequence> keysOf(const ActionInfo& info);
QString plainText(const ActionInfo& info); ///< translated, without its mnemonic

/// The actions of one window, made from the table; owns them. Pages connect to triggered(), enable
/// them, and say in the tooltip why one is off. GUI thread.
class ActionSet : public QObject
{
    Q_OBJECT
public:
    explicit ActionSet(QObject* parent = nullptr);

    QAction* action(ActionId id) const { return m_actions[static_cast<size_t>(id)]; }
    /// Enables or disables an action; `whyOff` is its tooltip while it is disabled.
    void setEnabled(ActionId id, bool enabled, const QString& whyOff = {});
    /// Empty while it is enabled, or if nobody said why.
    QString whyOff(ActionId id) const { return m_whyOff[static_cast<size_t>(id)]; }
    /// Makes the single-letter keys of the action table work while `table` has the focus.
    void addTableKeys(QWidget* table) const;
    /// What the action does and its keys: "Retry (R)".
    QString tooltip(ActionId id) const;

private:
    std::array<QAction*, static_cast<size_t>(ActionId::Count)> m_actions{};
    std::array<QString, static_cast<size_t>(ActionId::Count)> m_whyOff;
};

} // namespace queuedeck::ui
