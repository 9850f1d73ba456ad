// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/engineservice.h"
#include "ui/widgets/page.h"

class QPlainTextEdit;
class QPushButton;
class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class DataTable;
class EnginesModel;
class LocalPanel;

/// Who works on this queue: the engine of this computer with its log, and every engine that has
/// given a sign of life in the database.
class EnginePage : public Page
{
    Q_OBJECT

public:
    EnginePage(service::Session& session, const ActionSet& actions, QWidget* parent = nullptr);

    service::EngineSettings settings() const;
    QList<QWidget*> regions() override;
    void setShown(bool shown) override;

Q_SIGNALS:
    void settingsChanged(const queuedeck::service::EngineSettings& settings);
    void copied(const QString& text);

private:
    QWidget* makeEngines();
    QWidget* makeLog();
    void readEngines();

    service::Session& m_session;
    LocalPanel* m_local;
    EnginesModel* m_engines;
    DataTable* m_table = nullptr;
    QStackedLayout* m_stack = nullptr;
    QPlainTextEdit* m_log = nullptr;
    bool m_isShown = false;
    bool m_isReading = false;
};

} // namespace queuedeck::ui
