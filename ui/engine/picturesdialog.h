// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/claudeinfo.h"
#include "core/service/picturechoices.h"
#include "ui/widgets/dialog.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Strip;

/// How the engine of this computer deals with the pictures of jobs.
class PicturesDialog : public Dialog
{
    Q_OBJECT

public:
    PicturesDialog(service::Session& session, const service::PictureChoices& choices,
                   QWidget* parent);

Q_SIGNALS:
    void chosen(const queuedeck::service::PictureChoices& choices);

private:
    void choose();
    void refresh();
    void readClaude();
    void showClaude(const base::Result<service::ClaudeInfo>& info);
    void openKeyDialog();

    service::Session& m_session;
    const service::PictureChoices m_before;
    QComboBox* m_reader;
    Label* m_claude; ///< key, model and what was spent today
    QPushButton* m_key;
    QCheckBox* m_fetch;
    QLineEdit* m_hosts;
    Strip* m_said;
    QPushButton* m_go;
};

/// The choices in a few words, for the panel.
QString picturesText(const service::PictureChoices& choices, bool isFetching);
/// How reading by Claude stands: key, model, tokens, and why it does not work if so.
QString claudeText(const service::ClaudeInfo& info);

} // namespace queuedeck::ui
