// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/uploadplace.h"
#include "ui/widgets/dialog.h"

#include <QMap>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Strip;

/// Where uploaded pictures are put, and the key for it.
class PlaceDialog : public Dialog
{
    Q_OBJECT

public:
    PlaceDialog(service::Session& session, const domain::UploadPlace& place, QWidget* parent);

Q_SIGNALS:
    void chosen(const queuedeck::domain::UploadPlace& place);

private:
    enum class Field { Folder, Address, Bucket, Region, Style, Public, CardRoute, LicenseRoute };

    void addField(Field field, const QString& name, const QString& objectName,
                  const QString& placeholder);
    void fill(const domain::UploadPlace& place);
    void refresh();
    void refuse(const base::Error& error);
    void lookForKey();
    void askForKey();
    void choose();
    QString text(Field field) const;
    domain::UploadPlace::Kind kind() const;
    /// What was entered; the errors of UploadPlace::parse.
    base::Result<domain::UploadPlace> place() const;

    service::Session& m_session;
    QComboBox* m_kind;
    QFormLayout* m_form;
    QMap<Field, QLineEdit*> m_fields;
    Label* m_explanation;
    Label* m_keyState;
    QPushButton* m_key;
    Strip* m_said;
    QPushButton* m_go;
    int m_question = 0; ///< the last one about the key: older answers are dropped
};

/// The place in a few words: "the bucket cards on minio.example".
QString placeText(const domain::UploadPlace& place);

} // namespace queuedeck::ui
