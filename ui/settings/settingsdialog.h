// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/settingitem.h"

#include <QDialog>

class QLineEdit;
class QListWidget;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace queuedeck::ui {

class Label;
class Panel;
class SettingRow;

/// All settings by group, with a search and a list of what was changed. A change takes effect and
/// is saved at once. Window-modal through open().
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(const SettingItems& items, QWidget* parent);

    void setSearch(const QString& text);

private:
    struct Group
    {
        QString title;
        Panel* widget;
        Label* count;
        QVector<SettingRow*> rows;
    };

    QWidget* makeSide(const SettingItems& items);
    QWidget* makeMain(const SettingItems& items);
    void fillGroups();
    void showMatching();
    void showChanges();
    void resetAll();
    bool isShown(const SettingItem& item) const;

    QLineEdit* m_search;
    QListWidget* m_list;
    Label* m_heading;
    Label* m_nothing;
    QPushButton* m_resetAll;
    QScrollArea* m_scroll;
    QVector<Group> m_groups;
    bool m_hasConnection = false;
};

} // namespace queuedeck::ui
